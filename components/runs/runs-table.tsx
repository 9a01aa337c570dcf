"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { RunListItem } from "#server/runs/contract.ts";
import { useNow } from "./clock.tsx";
import { LIST_QUERY } from "./list-query.ts";
import { RunState } from "./run-state.tsx";
import { StartHint } from "./start-hint.tsx";
import { useFormats } from "./use-formats.ts";

const REFRESH_MS = 15_000;

type RunsTableProps = {
  /** The curve of each run as drawn by the server, by id. */
  sparks: Readonly<Record<string, ReactNode>>;
  archived: boolean;
};

/** Runs with their state. The list is asked for again each quarter of a minute; a run's own page is live. */
export function RunsTable({ sparks, archived }: RunsTableProps) {
  const trpc = useTRPC();
  const words = useTranslations("runs");
  const { data } = useQuery(
    trpc.runs.list.queryOptions(LIST_QUERY, { refetchInterval: REFRESH_MS }),
  );
  const runs = (data?.runs ?? []).filter((run) => run.archived === archived);
  if (runs.length === 0) {
    return archived ? <p className="quiet">{words("noneArchived")}</p> : <StartHint />;
  }
  return (
    <section className="scroll" aria-label={words(archived ? "archivedCaption" : "caption")}>
      <table className="grid-table stacking runs-table">
        <caption className="sr">{words(archived ? "archivedCaption" : "caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("name")}</th>
            <th scope="col">{words("state")}</th>
            <th scope="col">{words("loss")}</th>
            <th scope="col" className="n">
              {words(archived ? "days" : "step")}
            </th>
            {!archived && (
              <th scope="col" className="n">
                {words("tokens")}
              </th>
            )}
            <th scope="col" className="n">
              {words("updated")}
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} spark={sparks[run.id]} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ run, spark }: { run: RunListItem; spark: ReactNode }) {
  const formats = useFormats();
  const words = useTranslations("runs");
  const now = useNow();
  return (
    <tr>
      <th scope="row">
        <Link href={`/runs/${run.id}`}>{run.name}</Link>{" "}
        <small className="quiet">{run.project}</small>
      </th>
      <td>
        <RunState status={run.status} />
      </td>
      <td className="says">{spark ?? <span className="quiet">{words("noCurve")}</span>}</td>
      <td className="n" data-label={words(run.archived ? "days" : "step")}>
        {formats.step(run.step)}
      </td>
      {!run.archived && (
        <td className="n" data-label={words("tokens")}>
          {run.tokens === null ? "–" : formats.count(run.tokens)}
        </td>
      )}
      <td className="n">
        {run.archived
          ? formats.date(run.updatedAt)
          : words("ago", { age: formats.age(Math.max(0, now - run.updatedAt)) })}
      </td>
    </tr>
  );
}
