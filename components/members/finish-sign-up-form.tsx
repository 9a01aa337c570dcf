"use client";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { linkSecret } from "./link-secret.ts";
import { readIssue } from "./read-issue.ts";
import { useRefreshMember } from "./use-refresh-member.ts";

export function FinishSignUpForm() {
  const words = useTranslations("members");
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
        {
          name: "password",
          label: words("password"),
          type: "password",
          autoComplete: "new-password",
          note: words("passwordNote"),
          minLength: 10,
        },
      ]}
      submit={words("openAccount")}
      busy={finish.isPending}
      error={readIssue(finish.error)}
      onSubmit={({ name = "", password = "" }) =>
        finish.mutate({ name, password, language, secret: linkSecret() })
      }
    />
  );
}
