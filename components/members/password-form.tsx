"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { useNewPasswordField } from "./use-new-password-field.ts";
import { useRefusal } from "./use-refusal.ts";

export function PasswordForm() {
  const words = useTranslations("members");
  const refusal = useRefusal();
  const next = useNewPasswordField("next");
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
          next,
        ]}
        submit={words("setPassword")}
        busy={change.isPending}
        error={refusal(change.error)}
        onSubmit={({ current = "", next: chosen = "" }) => change.mutate({ current, next: chosen })}
      />
      {change.isSuccess && (
        <p className="note" role="status">
          {words("othersOut")}
        </p>
      )}
    </>
  );
}
