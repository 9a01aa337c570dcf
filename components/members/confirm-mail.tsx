"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { linkSecret } from "./link-secret.ts";
import { Refused } from "./refused.tsx";
import { useMember } from "./use-member.ts";
import { useRefreshMember } from "./use-refresh-member.ts";
import { useRefusal } from "./use-refusal.ts";

/** Moves one's account to the address to which the link was mailed. */
export function ConfirmMail() {
  const words = useTranslations("account");
  const members = useTranslations("members");
  const refusal = useRefusal();
  const refresh = useRefreshMember();
  const { member } = useMember();
  const confirm = useMutation(
    useTRPC().members.mail.confirm.mutationOptions({ onSuccess: refresh }),
  );
  if (member === null) {
    return (
      <p>
        {words("mailSignIn")} <Link href="/sign-in">{members("signIn")}</Link>
      </p>
    );
  }
  if (confirm.isSuccess) {
    return (
      <p className="notice good" role="status">
        <span>
          {words("mailMoved")} <Link href="/account">{members("account")}</Link>
        </span>
      </p>
    );
  }
  return (
    <>
      <p className="mb-4">{members("signedInAs", { name: member.name })}</p>
      <Refused sentence={refusal(confirm.error)} />
      <p className="actions">
        <button
          className="btn main"
          type="button"
          disabled={confirm.isPending}
          onClick={() => confirm.mutate({ secret: linkSecret() })}
        >
          {words("mailConfirm")}
        </button>
      </p>
    </>
  );
}
