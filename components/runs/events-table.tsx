"use client";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { EventIcon } from "#components/charts/event-mark.tsx";
import { toneOf } from "#components/charts/events.ts";
import type { RunEvent } from "#server/runs/contract.ts";
import { useEventText } from "./use-event-text.ts";
import { useFormats } from "./use-formats.ts";

type EventsTableProps = { events: readonly RunEvent[]; more: boolean };

/** What happened in the run, newest first; each row has an address of its own. */
export const EventsTable = memo(function EventsTable({ events, more }: EventsTableProps) {
  const words = useTranslations("events");
  return (
    <section className="sec wrap" id="events">
      <h2>{words("title")}</h2>
      {events.length === 0 ? (
        <div className="empty">
          <p>{words("none")}</p>
        </div>
      ) : (
        <div>
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
              {events.map((event) => (
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
