"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { readIssue } from "./read-issue.ts";

/** Gives the code that the member's app shows. */
export function CodeForm({ onDone }: { onDone: () => Promise<void> }) {
  const words = useTranslations("members");
  const give = useMutation(useTRPC().members.factor.give.mutationOptions({ onSuccess: onDone }));
  return (
    <AccountForm
      fields={[
        {
          name: "code",
          label: words("code"),
          autoComplete: "one-time-code",
          note: words("codeNote"),
        },
      ]}
      submit={words("giveCode")}
      busy={give.isPending}
      error={readIssue(give.error)}
      onSubmit={({ code = "" }) => give.mutate({ code: code.replaceAll(" ", "") })}
    />
  );
}
