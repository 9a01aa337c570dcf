"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useShowcaseRefusal } from "./use-showcase-refusal.ts";

type PickProps = { id: number; month: string };

/** A curator's pick: a reason, and what they have to do with the work or its author. */
export function PickForm({ id, month }: PickProps) {
  const words = useTranslations("showcase");
  const refusal = useShowcaseRefusal();
  const router = useRouter();
  const field = useId();
  const { can } = useMember();
  const pick = useMutation(
    useTRPC().showcase.pick.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  if (!can("engineer", "moderator", "admin")) {
    return null;
  }
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const conflict = String(form.get("conflict") ?? "").trim();
    const reason = String(form.get("reason") ?? "");
    pick.mutate({ id, month, reason, conflict: conflict === "" ? null : conflict });
  };
  return (
    <form className="pick-form" onSubmit={send}>
      <p>
        <label htmlFor={`${field}-reason`}>{words("pickReason")}</label>
        <input id={`${field}-reason`} name="reason" minLength={10} maxLength={500} required />
      </p>
      <p>
        <label htmlFor={`${field}-conflict`}>{words("conflictLabel")}</label>
        <input id={`${field}-conflict`} name="conflict" minLength={3} maxLength={300} />
        <span className="note">{words("conflictNote")}</span>
      </p>
      <button className="btn" type="submit" disabled={pick.isPending}>
        {words("pick")}
      </button>
      <Refused sentence={refusal(pick.error)} />
    </form>
  );
}

/** Takes a pick back while the collection is open. */
export function UnpickButton({ id, month }: PickProps) {
  const words = useTranslations("showcase");
  const router = useRouter();
  const { can } = useMember();
  const unpick = useMutation(
    useTRPC().showcase.unpick.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  return can("engineer", "moderator", "admin") ? (
    <button className="text-btn" type="button" onClick={() => unpick.mutate({ id, month })}>
      {words("unpick")}
    </button>
  ) : null;
}

/** An admin need not wait for the job once the month is over. */
export function FreezeButton({ month }: { month: string }) {
  const words = useTranslations("showcase");
  const refusal = useShowcaseRefusal();
  const router = useRouter();
  const { can } = useMember();
  const freeze = useMutation(
    useTRPC().showcase.freeze.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  return can("admin") ? (
    <div>
      <button
        className="btn main"
        type="button"
        disabled={freeze.isPending}
        onClick={() => freeze.mutate({ month })}
      >
        {words("freeze")}
      </button>
      <Refused sentence={refusal(freeze.error)} />
    </div>
  ) : null;
}
