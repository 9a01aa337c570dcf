"use client";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm, type FormField } from "./account-form.tsx";
import { useRefusal } from "./use-refusal.ts";

type MailFormProps = { email: string | null; hasPassword: boolean };

/** Where mails go, and a way to have them go elsewhere. */
export function MailForm({ email, hasPassword }: MailFormProps) {
  const words = useTranslations("account");
  const member = useTranslations("members");
  const refusal = useRefusal();
  const language = useLocale() === "zh" ? "zh" : "en";
  const ask = useMutation(useTRPC().members.mail.ask.mutationOptions());
  const password: FormField = {
    name: "password",
    label: member("presentPassword"),
    type: "password",
    autoComplete: "current-password",
  };
  return (
    <>
      <p className="mb-4">{email === null ? words("mailNone") : words("mailIs", { email })}</p>
      {ask.isSuccess ? (
        <p className="notice good" role="status">
          {words("mailSent")}
        </p>
      ) : (
        <AccountForm
          fields={[
            { name: "email", label: words("mailNew"), type: "email", autoComplete: "email" },
            ...(hasPassword ? [password] : []),
          ]}
          submit={member("sendLink")}
          busy={ask.isPending}
          error={refusal(ask.error)}
          onSubmit={({ email: next = "", password: given }) =>
            ask.mutate({
              email: next,
              language,
              ...(given === undefined ? {} : { password: given }),
            })
          }
        />
      )}
    </>
  );
}
