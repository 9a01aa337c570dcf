"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link, useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { CodeForm } from "./code-form.tsx";
import { GithubButton } from "./github-button.tsx";
import { useMember } from "./use-member.ts";
import { useRefreshMember } from "./use-refresh-member.ts";
import { useRefusal } from "./use-refusal.ts";

export function SignInForm() {
  const words = useTranslations("members");
  const refusal = useRefusal();
  const router = useRouter();
  const { awaitsCode } = useMember();
  const refresh = useRefreshMember();
  const enter = useMutation(
    useTRPC().members.signIn.mutationOptions({
      onSuccess: async ({ needsCode }) => {
        await refresh();
        if (!needsCode) {
          router.push("/account");
        }
      },
    }),
  );
  if (awaitsCode) {
    return (
      <CodeForm
        onDone={async () => {
          await refresh();
          router.push("/account");
        }}
      />
    );
  }
  return (
    <AccountForm
      fields={[
        { name: "email", label: words("email"), type: "email", autoComplete: "username" },
        {
          name: "password",
          label: words("password"),
          type: "password",
          autoComplete: "current-password",
        },
      ]}
      submit={words("signIn")}
      busy={enter.isPending}
      error={refusal(enter.error)}
      onSubmit={({ email = "", password = "" }) => enter.mutate({ email, password })}
    >
      <GithubButton label={words("withGithub")} />
      <Link href="/sign-up">{words("noAccount")}</Link>
      <Link href="/reset">{words("forgotten")}</Link>
    </AccountForm>
  );
}
