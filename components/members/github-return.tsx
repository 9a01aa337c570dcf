"use client";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Link, useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { CodeForm } from "./code-form.tsx";
import { Refused } from "./refused.tsx";
import { useMember } from "./use-member.ts";
import { useRefreshMember } from "./use-refresh-member.ts";
import { useRefusal } from "./use-refusal.ts";

/** Where GitHub sends the browser back to: what it brought is traded by a POST of this page, once. */
export function GithubReturn({ code, state }: { code: string; state: string }) {
  const words = useTranslations("account");
  const refusal = useRefusal();
  const done = useDone();
  const sent = useRef(false);
  const finish = useMutation(
    useTRPC().members.github.finish.mutationOptions({
      onSuccess: async ({ next, needsCode }) => {
        if (next === "linked" || (next === "in" && !needsCode)) {
          await done();
        }
      },
    }),
  );
  const { mutate } = finish;
  useEffect(() => {
    if (!sent.current) {
      sent.current = true;
      mutate({ code, state });
    }
  }, [code, state, mutate]);
  if (finish.error !== null) {
    return (
      <>
        <Refused sentence={refusal(finish.error)} />
        <p className="mt-4">
          <Link href="/sign-in">{words("tryAgain")}</Link>
        </p>
      </>
    );
  }
  const step = finish.data;
  if (step?.next === "name") {
    return <NameForm login={step.login} onDone={done} />;
  }
  if (step?.next === "link") {
    return <LinkForm login={step.login} onDone={done} />;
  }
  if (step?.needsCode === true) {
    return <CodeForm onDone={done} />;
  }
  return <p role="status">{words("askingGithub")}</p>;
}

type StepProps = { login: string; onDone: () => Promise<void> };

/** A new account needs a name; GitHub's own is offered. */
function NameForm({ login, onDone }: StepProps) {
  const words = useTranslations("members");
  const account = useTranslations("account");
  const refusal = useRefusal();
  const language = useLocale() === "zh" ? "zh" : "en";
  const open = useMutation(useTRPC().members.github.open.mutationOptions({ onSuccess: onDone }));
  return (
    <>
      <p className="read mb-4">{account("nameForGithub", { login })}</p>
      <AccountForm
        fields={[
          {
            name: "name",
            label: words("name"),
            autoComplete: "nickname",
            note: words("nameNote"),
            value: login,
          },
        ]}
        submit={words("openAccount")}
        busy={open.isPending}
        error={refusal(open.error)}
        onSubmit={({ name = "" }) => open.mutate({ name, language })}
      />
    </>
  );
}

/** Linking is said, not assumed: whoever is signed in here confirms it. */
function LinkForm({ login, onDone }: StepProps) {
  const words = useTranslations("account");
  const refusal = useRefusal();
  const { member } = useMember();
  const link = useMutation(useTRPC().members.github.link.mutationOptions({ onSuccess: onDone }));
  return (
    <>
      <p className="read mb-4">{words("confirmLink", { login, name: member?.name ?? "" })}</p>
      <AccountForm
        fields={[]}
        submit={words("link")}
        busy={link.isPending}
        error={refusal(link.error)}
        onSubmit={() => link.mutate()}
      >
        <Link href="/account">{words("leaveIt")}</Link>
      </AccountForm>
    </>
  );
}

function useDone(): () => Promise<void> {
  const router = useRouter();
  const refresh = useRefreshMember();
  return async () => {
    await refresh();
    router.replace("/account");
  };
}
