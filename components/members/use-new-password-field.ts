import { useTranslations } from "next-intl";
import type { FormField } from "./account-form.tsx";

/** The field for a password that is being chosen, the same wherever one is. */
export function useNewPasswordField(name: "password" | "next", label?: string): FormField {
  const words = useTranslations("members");
  return {
    name,
    label: label ?? words("newPassword"),
    type: "password",
    autoComplete: "new-password",
    note: words("passwordNote"),
    minLength: 10,
  };
}
