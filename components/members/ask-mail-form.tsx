"use client";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Icon } from "#components/ui/icon.tsx";
import { AccountForm } from "./account-form.tsx";
import { useRefusal } from "./use-refusal.ts";

/** Asks for a link by mail; the answer never says whether the address has an account. */
export function AskMailForm({ purpose }: { purpose: "signUp" | "reset" }) {
  const words = useTranslations("members");
  const refusal = useRefusal();
  const language = useLocale() === "zh" ? "zh" : "en";
  const { members } = useTRPC();
  const signUp = useMutation(members.askSignUp.mutationOptions());
  const reset = useMutation(members.askReset.mutationOptions());
  const ask = purpose === "signUp" ? signUp : reset;
  if (ask.isSuccess) {
    return (
      <p className="notice good" role="status">
        <Icon name="s-good" className="good" />
        <span>{words("mailed")}</span>
      </p>
    );
  }
  return (
    <AccountForm
      fields={[{ name: "email", label: words("email"), type: "email", autoComplete: "email" }]}
      submit={words("sendLink")}
      busy={ask.isPending}
      error={refusal(ask.error)}
      onSubmit={({ email = "" }) => ask.mutate({ email, language })}
    />
  );
}
