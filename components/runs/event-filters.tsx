"use client";
import { useTranslations } from "next-intl";
import { EventIcon } from "#components/charts/event-mark.tsx";
import type { EventKind } from "#server/runs/contract.ts";
import { KNOWN_KINDS } from "./known-kinds.ts";

type EventFiltersProps = {
  kinds: readonly string[];
  attempts: readonly number[];
  hiddenKinds: readonly string[];
  attempt: number | null;
  onHiddenKinds: (kinds: string[]) => void;
  onAttempt: (attempt: number | null) => void;
};

/** Which events are shown, in the table and on the curve. */
export function EventFilters(props: EventFiltersProps) {
  const { hiddenKinds, attempts, attempt, onHiddenKinds, onAttempt } = props;
  const words = useTranslations("events");
  const names = useTranslations("charts.kinds");
  const kinds = KNOWN_KINDS.events.filter((kind) => props.kinds.includes(kind));
  const toggle = (kind: EventKind) =>
    onHiddenKinds(
      hiddenKinds.includes(kind)
        ? hiddenKinds.filter((one) => one !== kind)
        : [...hiddenKinds, kind],
    );
  if (kinds.length < 2) {
    return null;
  }
  return (
    <fieldset className="filters">
      <legend className="sr">{words("filter")}</legend>
      {kinds.map((kind) => (
        <label key={kind} className="check">
          <input
            type="checkbox"
            checked={!hiddenKinds.includes(kind)}
            onChange={() => toggle(kind)}
          />
          <span>
            <EventIcon kind={kind} /> {names(kind)}
          </span>
        </label>
      ))}
      {attempts.length > 1 && (
        <label className="slide">
          {words("attempt")}
          <select
            value={attempt ?? ""}
            onChange={({ currentTarget: { value } }) =>
              onAttempt(value === "" ? null : Number(value))
            }
          >
            <option value="">{words("allAttempts")}</option>
            {attempts.map((number) => (
              <option key={number} value={number}>
                {number}
              </option>
            ))}
          </select>
        </label>
      )}
    </fieldset>
  );
}
