"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Refused } from "#components/members/refused.tsx";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { FLAG_REASONS } from "#server/moderation/contract.ts";

/** Asks the moderators to look at a post, for one of six reasons. */
export function FlagButton({ postId }: { postId: number }) {
  const words = useTranslations("moderation");
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  if (done) {
    return <span role="status">{words("flagged")}</span>;
  }
  return open ? (
    <FlagForm postId={postId} onDone={() => setDone(true)} onLeave={() => setOpen(false)} />
  ) : (
    <button className="text-btn" type="button" onClick={() => setOpen(true)}>
      {words("flag")}
    </button>
  );
}

type FlagFormProps = { postId: number; onDone: () => void; onLeave: () => void };

function FlagForm({ postId, onDone, onLeave }: FlagFormProps) {
  const words = useTranslations("moderation");
  const refusal = useRefusal();
  const id = useId();
  const flag = useMutation(useTRPC().moderation.flag.mutationOptions({ onSuccess: onDone }));
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const reason = FLAG_REASONS.find((one) => one === data.get("reason"));
    flag.mutate({ postId, reason: reason ?? "spam", note: String(data.get("note") ?? "") });
  };
  return (
    <form className="account-form flag-form" onSubmit={send}>
      <fieldset>
        <legend>{words("why")}</legend>
        {FLAG_REASONS.map((reason) => (
          <p key={reason} className="check">
            <input id={`${id}-${reason}`} type="radio" name="reason" value={reason} required />
            <label htmlFor={`${id}-${reason}`}>{words(`flagReason.${reason}`)}</label>
          </p>
        ))}
      </fieldset>
      <p>
        <label htmlFor={`${id}-note`}>{words("note")}</label>
        <input id={`${id}-note`} name="note" maxLength={500} />
      </p>
      <Refused sentence={refusal(flag.error)} />
      <p className="actions">
        <button className="btn" type="submit" disabled={flag.isPending}>
          {words("flag")}
        </button>
        <button className="text-btn" type="button" onClick={onLeave}>
          {words("leave")}
        </button>
      </p>
    </form>
  );
}
