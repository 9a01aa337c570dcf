"use client";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { linkSecret } from "./link-secret.ts";
import { useNewPasswordField } from "./use-new-password-field.ts";
import { useRefreshMember } from "./use-refresh-member.ts";
import { useRefusal } from "./use-refusal.ts";

export function FinishSignUpForm() {
  const words = useTranslations("members");
  const refusal = useRefusal();
  const password = useNewPasswordField("password", words("password"));
  const language = useLocale() === "zh" ? "zh" : "en";
  const router = useRouter();
  const refresh = useRefreshMember();
  const finish = useMutation(
    useTRPC().members.finishSignUp.mutationOptions({
      onSuccess: async () => {
        await refresh();
        router.push("/account");
      },
    }),
  );
  return (
    <AccountForm
      fields={[
        { name: "name", label: words("name"), autoComplete: "nickname", note: words("nameNote") },
        password,
      ]}
      submit={words("openAccount")}
      busy={finish.isPending}
      error={refusal(finish.error)}
      onSubmit={({ name = "", password: chosen = "" }) =>
        finish.mutate({ name, password: chosen, language, secret: linkSecret() })
      }
    />
  );
}
