"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Refused } from "#components/members/refused.tsx";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";

const KINDS = ["warn", "silence", "suspend"] as const;
type Kind = (typeof KINDS)[number];

/** Warns a member, or keeps them from writing or from everything for some days. */
export function LimitForm({ memberId }: { memberId: string }) {
  const words = useTranslations("moderation");
  const refusal = useRefusal();
  const id = useId();
  const [kind, setKind] = useState<Kind>("warn");
  const limit = useMutation(useTRPC().moderation.limit.mutationOptions());
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const days = Number(data.get("days") ?? 1);
    const reason = String(data.get("reason") ?? "");
    limit.mutate({ memberId, kind, reason, ...(kind === "warn" ? {} : { days }) });
  };
  return (
    <form className="account-form" onSubmit={send}>
      <p>
        <label htmlFor={`${id}-kind`}>{words("what")}</label>
        <select
          id={`${id}-kind`}
          value={kind}
          onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? "warn")}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {words(`act.${one}`)}
            </option>
          ))}
        </select>
      </p>
      {kind !== "warn" && (
        <p>
          <label htmlFor={`${id}-days`}>{words("days")}</label>
          <input id={`${id}-days`} name="days" type="number" min={1} max={365} defaultValue={3} />
        </p>
      )}
      <p>
        <label htmlFor={`${id}-reason`}>{words("reason")}</label>
        <input id={`${id}-reason`} name="reason" required minLength={3} maxLength={500} />
      </p>
      <Refused sentence={refusal(limit.error)} />
      <p className="actions">
        <button className="btn" type="submit" disabled={limit.isPending}>
          {words(`act.${kind}`)}
        </button>
        {limit.isSuccess && <span role="status">{words("told")}</span>}
      </p>
    </form>
  );
}
