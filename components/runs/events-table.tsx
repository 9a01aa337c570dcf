"use client";
import { useTranslations } from "next-intl";
import { memo, useState } from "react";
import { EventIcon } from "#components/charts/event-mark.tsx";
import { toneOf } from "#components/charts/events.ts";
import type { EventKind, RunEvent } from "#server/runs/contract.ts";
import { useEventText } from "./use-event-text.ts";
import { useFormats } from "./use-formats.ts";

type EventsTableProps = { events: readonly RunEvent[]; more: boolean };

/** What happened in the run, newest first; each row has an address of its own. */
export const EventsTable = memo(function EventsTable({ events, more }: EventsTableProps) {
  const words = useTranslations("events");
  const kindNames = useTranslations("charts.kinds");
  const [hidden, setHidden] = useState<ReadonlySet<EventKind>>(new Set());
  const kinds = [...new Set(events.map(({ kind }) => kind))];
  const shown = events.filter(({ kind }) => !hidden.has(kind));
  const toggle = (kind: EventKind) => {
    const next = new Set(hidden);
    if (!next.delete(kind)) {
      next.add(kind);
    }
    setHidden(next);
  };
  return (
    <section className="sec wrap" id="events">
      <h2>{words("title")}</h2>
      {events.length === 0 ? (
        <div className="empty">
          <p>{words("none")}</p>
        </div>
      ) : (
        <div>
          {kinds.length > 1 && (
            <fieldset className="filters">
              <legend className="sr">{words("filter")}</legend>
              {kinds.map((kind) => (
                <label key={kind} className="check">
                  <input
                    type="checkbox"
                    checked={!hidden.has(kind)}
                    onChange={() => toggle(kind)}
                  />
                  <span>
                    <EventIcon kind={kind} /> {kindNames(kind)}
                  </span>
                </label>
              ))}
            </fieldset>
          )}
          <table className="grid-table stacking">
            <caption className="sr">{words("caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{words("step")}</th>
                <th scope="col">{words("event")}</th>
                <th scope="col">{words("what")}</th>
                <th scope="col">{words("when")}</th>
                <th scope="col">{words("foundBy")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((event) => (
                <Row key={event.id} event={event} />
              ))}
            </tbody>
          </table>
          {more && <p className="quiet">{words("older", { count: events.length })}</p>}
        </div>
      )}
    </section>
  );
});

function Row({ event }: { event: RunEvent }) {
  const words = useTranslations();
  const formats = useFormats();
  const textOf = useEventText();
  return (
    <tr id={`e-${event.id}`}>
      <th scope="row">
        <a href={`#e-${event.id}`}>{formats.step(event.step)}</a>
      </th>
      <td>
        <span className={`state ${toneOf(event.kind)}`}>
          <EventIcon kind={event.kind} />
          {words(`charts.kinds.${event.kind}`)}
        </span>
      </td>
      <td className="says">{textOf(event)}</td>
      <td className="nowrap">{formats.clock(event.time)}</td>
      <td>{words(`events.source.${event.source}`)}</td>
    </tr>
  );
}
