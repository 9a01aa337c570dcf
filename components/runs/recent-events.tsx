"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { EventIcon } from "#components/charts/event-mark.tsx";
import { toneOf } from "#components/charts/events.ts";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useNow } from "./clock.tsx";
import { EVENTS_QUERY } from "./detail-queries.ts";
import { useEventText } from "./use-event-text.ts";
import { useFormats } from "./use-formats.ts";

const SHOWN = 5;

/** What happened lately, newest first. */
export function RecentEvents({ id }: { id: string }) {
  const trpc = useTRPC();
  const words = useTranslations();
  const formats = useFormats();
  const now = useNow();
  const textOf = useEventText();
  const { data } = useQuery(trpc.runs.events.queryOptions({ runId: id, ...EVENTS_QUERY }));
  const events = (data?.events ?? []).slice(0, SHOWN);
  return (
    <section>
      <div className="head">
        <h2>{words("events.recent")}</h2>
        <Link href={`/runs/${id}#events`}>{words("events.all")}</Link>
      </div>
      {events.length === 0 ? (
        <p className="quiet">{words("events.none")}</p>
      ) : (
        <ul className="threads">
          {events.map((event) => (
            <li key={event.id}>
              <EventIcon kind={event.kind} />{" "}
              <Link href={`/runs/${id}#${event.id}`} className={toneOf(event.kind)}>
                {words(`charts.kinds.${event.kind}`)}
              </Link>{" "}
              {textOf(event)}
              <p>
                {words("events.at", {
                  step: formats.step(event.step),
                  age: formats.age(Math.max(0, now - event.time)),
                })}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
