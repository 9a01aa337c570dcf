"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { Act } from "#server/moderation/contract.ts";

/** Lets a moderator end a limit that still holds; nothing for everyone else. */
export function LiftForm({ act }: { act: Act }) {
  const words = useTranslations("moderation");
  const refusal = useRefusal();
  const id = useId();
  const router = useRouter();
  const { can } = useMember();
  const lift = useMutation(
    useTRPC().moderation.lift.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const holds = ["silence", "suspend"].includes(act.kind) && act.revokedAt === null;
  if (!can("moderator") || !holds || (act.endsAt ?? 0) <= Date.now()) {
    return null;
  }
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
    lift.mutate({ actId: act.id, reason });
  };
  return (
    <form className="account-form" onSubmit={send}>
      <p>
        <label htmlFor={id}>{words("reason")}</label>
        <input id={id} name="reason" required minLength={3} maxLength={500} />
      </p>
      <Refused sentence={refusal(lift.error)} />
      <p className="actions">
        <button className="btn" type="submit" disabled={lift.isPending}>
          {words("lift")}
        </button>
      </p>
    </form>
  );
}
