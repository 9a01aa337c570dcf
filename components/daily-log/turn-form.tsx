"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { readIssue } from "#components/members/read-issue.ts";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { DayTurn } from "#server/daily-log/contract.ts";
import { hourText } from "./hour-text.ts";

type TurnFormProps = { runId: string; turn: DayTurn };

/** For engineers: when this run's day ends. */
export function TurnForm({ runId, turn }: TurnFormProps) {
  const words = useTranslations("dailyLog");
  const { can } = useMember();
  const router = useRouter();
  const id = useId();
  const set = useMutation(
    useTRPC().dailyLog.setTurn.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  if (!can("engineer")) {
    return null;
  }
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const timeZone = String(data.get("timeZone"));
    set.mutate({ runId, turn: { timeZone, hour: Number(data.get("hour")) } });
  };
  const issue = readIssue(set.error);
  return (
    <form className="log-turn" method="post" onSubmit={send}>
      <p>
        <label htmlFor={`${id}-hour`}>{words("turnHour")}</label>
        <select id={`${id}-hour`} name="hour" defaultValue={turn.hour}>
          {Array.from({ length: 24 }, (_, hour) => (
            <option key={hour === 0 ? "midnight" : hour} value={hour}>
              {hourText(hour)}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label htmlFor={`${id}-zone`}>{words("turnZone")}</label>
        <input
          id={`${id}-zone`}
          name="timeZone"
          defaultValue={turn.timeZone}
          list={`${id}-zones`}
          required
          maxLength={60}
        />
        <datalist id={`${id}-zones`}>
          {Intl.supportedValuesOf("timeZone").map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </p>
      <button className="btn" type="submit" disabled={set.isPending}>
        {words("turnSet")}
      </button>
      {issue !== undefined && (
        <p className="notice bad" role="alert">
          <Icon name="s-bad" className="bad" />
          <span>{issue}</span>
        </p>
      )}
    </form>
  );
}
