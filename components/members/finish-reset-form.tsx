"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { linkSecret } from "./link-secret.ts";
import { useNewPasswordField } from "./use-new-password-field.ts";
import { useRefusal } from "./use-refusal.ts";

export function FinishResetForm() {
  const words = useTranslations("members");
  const refusal = useRefusal();
  const password = useNewPasswordField("password");
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
      fields={[password]}
      submit={words("setPassword")}
      busy={finish.isPending}
      error={refusal(finish.error)}
      onSubmit={({ password: chosen = "" }) =>
        finish.mutate({ password: chosen, secret: linkSecret() })
      }
    />
  );
}
