"use client";
import { useTranslations } from "next-intl";
import { memo, useEffect, useRef, useState } from "react";
import type { RunDetail, RunEvent } from "#server/runs/contract.ts";
import { AddNote } from "./add-note.tsx";
import { EventFilters } from "./event-filters.tsx";
import { EventRow, stepsAround } from "./event-row.tsx";
import { useEvents, useLinkedEvent, wantedEvents } from "./use-events.ts";
import { useHash } from "./use-hash.ts";
import type { View } from "./view.ts";

type EventsTableProps = {
  run: RunDetail;
  /** What the newest events are, whatever is filtered: their kinds can be chosen. */
  newest: readonly RunEvent[];
  hiddenKinds: View["hiddenKinds"];
  onHiddenKinds: (kinds: View["hiddenKinds"]) => void;
  /** Shows a stretch of steps on the curve. */
  onSteps: (from: number, to: number) => void;
};

/** What happened in the run, newest first; each row has an address of its own, which others can cite. */
export const EventsTable = memo(function EventsTable(props: EventsTableProps) {
  const { run, newest, hiddenKinds, onHiddenKinds, onSteps } = props;
  const words = useTranslations("events");
  const [attempt, setAttempt] = useState<number | null>(null);
  const { events, older, loading } = useEvents(run.id, wantedEvents(hiddenKinds, attempt));
  const linked = useLinkedEvent(run.id, events);
  const hash = useScrolledHash(linked);
  const rows = linked === null ? events : [linked, ...events];
  return (
    <section className="sec wrap" id="events">
      <h2>{words("title")}</h2>
      <div>
        <AddNote run={run} />
        <EventFilters
          kinds={[...new Set([...newest.map(({ kind }) => kind), ...hiddenKinds])]}
          attempts={run.attempts.map(({ number }) => number)}
          hiddenKinds={hiddenKinds}
          attempt={attempt}
          onHiddenKinds={onHiddenKinds}
          onAttempt={setAttempt}
        />
        {rows.length === 0 && !loading ? (
          <div className="empty">
            <p>{words(newest.length === 0 ? "none" : "noneChosen")}</p>
          </div>
        ) : (
          <Rows run={run} rows={rows} hash={hash} onSteps={onSteps} />
        )}
        {older !== null && (
          <button type="button" className="btn" onClick={older}>
            {words("showOlder", { count: events.length })}
          </button>
        )}
      </div>
    </section>
  );
});

type RowsProps = Pick<EventsTableProps, "run" | "onSteps"> & {
  rows: readonly RunEvent[];
  hash: string;
};

function Rows({ run, rows, hash, onSteps }: RowsProps) {
  const around = stepsAround(run.step);
  const words = useTranslations("events");
  return (
    <table className="grid-table stacking events-table">
      <caption className="sr">{words("caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{words("step")}</th>
          <th scope="col">{words("event")}</th>
          <th scope="col">{words("what")}</th>
          <th scope="col">{words("when")}</th>
          <th scope="col">{words("foundBy")}</th>
          <th scope="col">
            <span className="sr">{words("actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((event) => (
          <EventRow
            key={event.id}
            runId={run.id}
            around={around}
            event={event}
            chosen={event.id === hash}
            onSteps={onSteps}
          />
        ))}
      </tbody>
    </table>
  );
}

/** A row that came after the page cannot have been jumped to by the browser. */
function useScrolledHash(linked: RunEvent | null): string {
  const hash = useHash();
  const done = useRef("");
  useEffect(() => {
    if (hash !== "" && done.current !== hash && linked?.id === hash) {
      done.current = hash;
      document.getElementById(hash)?.scrollIntoView({ block: "center" });
    }
  }, [hash, linked]);
  return hash;
}
