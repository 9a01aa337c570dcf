"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { linkSecret } from "./link-secret.ts";
import { readIssue } from "./read-issue.ts";

export function FinishResetForm() {
  const words = useTranslations("members");
  const finish = useMutation(useTRPC().members.finishReset.mutationOptions());
  if (finish.isSuccess) {
    return (
      <p className="notice good" role="status">
        <span>
          {words("passwordSet")} <Link href="/sign-in">{words("signIn")}</Link>
        </span>
      </p>
    );
  }
  return (
    <AccountForm
      fields={[
        {
          name: "password",
          label: words("newPassword"),
          type: "password",
          autoComplete: "new-password",
          note: words("passwordNote"),
          minLength: 10,
        },
      ]}
      submit={words("setPassword")}
      busy={finish.isPending}
      error={readIssue(finish.error)}
      onSubmit={({ password = "" }) => finish.mutate({ password, secret: linkSecret() })}
    />
  );
}
