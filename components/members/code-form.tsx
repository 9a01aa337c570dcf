"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { plainCode } from "./plain-code.ts";
import { useRefusal } from "./use-refusal.ts";

type CodeFormProps = { onDone: (recoveryCodes: string[] | null) => Promise<void> };

/** Gives the code that the member's app shows, or one that was written down. */
export function CodeForm({ onDone }: CodeFormProps) {
  const words = useTranslations("members");
  const refusal = useRefusal();
  const give = useMutation(
    useTRPC().members.factor.give.mutationOptions({
      onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
    }),
  );
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
      error={refusal(give.error)}
      onSubmit={({ code = "" }) => give.mutate({ code: plainCode(code) })}
    />
  );
}
