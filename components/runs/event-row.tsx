"use client";
import { useLocale, useTranslations } from "next-intl";
import { memo } from "react";
import { EventIcon } from "#components/charts/event-mark.tsx";
import { toneOf } from "#components/charts/events.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { RunEvent } from "#server/runs/contract.ts";
import { CommandReason } from "./command-reason.tsx";
import { NoteBody } from "./note-body.tsx";
import { noteOf } from "./note-data.ts";
import { useEventText } from "./use-event-text.ts";
import { useFormats } from "./use-formats.ts";

/** What is shown beside an event on the curve: this share of the run on either side, and never less than some steps. */
const AROUND_SHARE = 0.02;
const AROUND_STEPS = 50;

/** Steps on either side of an event that its button shows. In rough numbers: a row need not be drawn again for each step. */
export const stepsAround = (runSteps: number): number =>
  Math.max(AROUND_STEPS, Number((runSteps * AROUND_SHARE).toPrecision(1)));

type EventRowProps = {
  runId: string;
  /** Steps. */
  around: number;
  event: RunEvent;
  /** The address points to it. */
  chosen: boolean;
  onSteps: (from: number, to: number) => void;
};

/** One event with its address. */
export const EventRow = memo(function EventRow(props: EventRowProps) {
  const { runId, around, event, chosen, onSteps } = props;
  const words = useTranslations();
  const formats = useFormats();
  const locale = useLocale();
  const textOf = useEventText();
  const note = noteOf(event);
  const link = () => `${location.origin}/${locale}/runs/${runId}#${event.id}`;
  return (
    <tr id={event.id} className={chosen ? "chosen" : undefined}>
      <th scope="row">
        <a href={`#${event.id}`}>{formats.step(event.step)}</a>
      </th>
      <td>
        <span className={`state ${toneOf(event.kind)}`}>
          <EventIcon kind={event.kind} />
          {words(`charts.kinds.${event.kind}`)}
        </span>
      </td>
      <td className="says">
        {note === null ? textOf(event) : <NoteBody id={event.id} note={note} />}
        <CommandReason event={event} />
      </td>
      <td className="nowrap">{formats.clock(event.time)}</td>
      <td>{words(`events.source.${event.source}`)}</td>
      <td className="nowrap event-tools">
        <button
          type="button"
          className="text-btn"
          onClick={() => onSteps(Math.max(0, event.step - around), event.step + around)}
        >
          {words("events.show")}
        </button>
        <CopyButton
          text={link}
          label={words("events.copyLink")}
          doneLabel={words("events.copiedLink")}
        />
      </td>
    </tr>
  );
});
