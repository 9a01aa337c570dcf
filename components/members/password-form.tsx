"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { readIssue } from "./read-issue.ts";

export function PasswordForm() {
  const words = useTranslations("members");
  const client = useQueryClient();
  const { members } = useTRPC();
  const change = useMutation(
    members.changePassword.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: members.sessions.queryKey() }),
    }),
  );
  return (
    <>
      <AccountForm
        fields={[
          {
            name: "current",
            label: words("presentPassword"),
            type: "password",
            autoComplete: "current-password",
          },
          {
            name: "next",
            label: words("newPassword"),
            type: "password",
            autoComplete: "new-password",
            note: words("passwordNote"),
            minLength: 10,
          },
        ]}
        submit={words("setPassword")}
        busy={change.isPending}
        error={readIssue(change.error)}
        onSubmit={({ current = "", next = "" }) => change.mutate({ current, next })}
      />
      {change.isSuccess && (
        <p className="note" role="status">
          {words("othersOut")}
        </p>
      )}
    </>
  );
}
