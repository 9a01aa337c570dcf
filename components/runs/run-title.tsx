"use client";
import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { RunState } from "./run-state.tsx";
import { ENDED } from "./run-words.ts";
import { ShareButton } from "./share-button.tsx";
import { useFormats } from "./use-formats.ts";
import type { LiveRun } from "./use-live-run.ts";

/** The run's name, its state, and what it is. */
export function RunTitle({ live }: { live: LiveRun }) {
  const words = useTranslations("run");
  const formats = useFormats();
  const { run, status, now, silentMs } = live;
  const end = run.finishedAt ?? now;
  return (
    <section className="title wrap split">
      <div>
        <p className="crumb">
          <Link href="/runs">{words("runs")}</Link> / {run.project}
        </p>
        <h1>{run.name}</h1>
        <p className="facts">
          <RunState status={status} silentMs={silentMs ?? undefined} />
          {run.archived && <span>{words("archived")}</span>}
          {run.startedAt !== null && (
            <span>
              {words("started", {
                at: run.archived ? formats.date(run.startedAt) : formats.clock(run.startedAt),
              })}
            </span>
          )}
          {run.startedAt !== null && (
            <span>
              {words(run.finishedAt === null ? "up" : "took", {
                duration: formats.duration(Math.max(0, end - run.startedAt)),
              })}
            </span>
          )}
          {silentMs !== null && !ENDED.includes(status) && (
            <span>{words("lastMessage", { age: formats.age(silentMs) })}</span>
          )}
          {run.attempt > 1 && <span>{words("attempt", { number: run.attempt })}</span>}
        </p>
      </div>
      <p className="actions">
        <Link className="btn" href={`/compare?run=${encodeURIComponent(run.id)}`}>
          {words("compare")}
        </Link>
        {!run.archived && (
          <a className="btn" href="#alerts">
            {words("alertMe")}
          </a>
        )}
        <Link className="btn" href={`/runs/${run.id}/logs`}>
          {words("logs")}
        </Link>
        <ShareButton />
      </p>
    </section>
  );
}
