import { readSeries } from "../metrics/read-series.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { Pool } from "../platform/pool.ts";
import { runStatus, type StatusFacts } from "../status/contract.ts";
import type { ComparedSeries, CompareSeries } from "./contract.ts";

/** Questions at one time: a comparison must leave connections to the rest of the portal. */
const AT_ONCE = 4;

type Tools = { pool: Pool; db: Db; now: number };
type Compared = ComparedSeries["runs"][number];

/** The asked series of up to twenty runs on one axis. Throws `not_found` when one of the runs does not exist. */
export async function compareSeries(tools: Tools, query: CompareSeries): Promise<ComparedSeries> {
  const rows = await readHeads(
    tools,
    query.runs.map(({ runId }) => runId),
  );
  const runs: Compared[] = [];
  for (let at = 0; at < query.runs.length; at += AT_ONCE) {
    const some = query.runs.slice(at, at + AT_ONCE).map(async ({ runId, attempt }) => {
      const head = rows.get(runId);
      if (head === undefined) {
        throw new AppError("not_found", `There is no run ${runId}. Take it out of the comparison.`);
      }
      return await readOne(tools.pool, { ...query, runId, attempt }, head);
    });
    runs.push(...(await Promise.all(some)));
  }
  return { runs };
}

type Head = Pick<Compared, "name" | "status"> & { attempt: number; seq: number };
type One = CompareSeries & { runId: string; attempt: number | undefined };

async function readOne(pool: Pool, query: One, head: Head): Promise<Compared> {
  const { runId, keys, attempt, x, from, to, buckets } = query;
  const { name, status } = head;
  try {
    const answer = await readSeries(pool, { runId, keys, attempt, x, from, to, buckets });
    return { runId, name, status, ...answer, problem: null };
  } catch (error) {
    if (error instanceof AppError && error.code === "bad_request") {
      const { seq } = head;
      const shown = attempt ?? head.attempt;
      return { runId, name, status, attempt: shown, seq, series: {}, problem: error.message };
    }
    throw error;
  }
}

async function readHeads({ db, now }: Tools, ids: string[]): Promise<Map<string, Head>> {
  const rows = await db.run.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      name: true,
      attempt: true,
      seq: true,
      finishStatus: true,
      paused: true,
      lastMessageAt: true,
      messageIntervalMs: true,
    },
  });
  return new Map(
    rows.map((row) => {
      const facts = {
        finishStatus: row.finishStatus as StatusFacts["finishStatus"],
        paused: row.paused,
        lastMessageAt: row.lastMessageAt?.getTime() ?? null,
        messageIntervalMs: row.messageIntervalMs,
      };
      const status = runStatus(facts, now);
      return [row.id, { name: row.name, status, attempt: row.attempt, seq: Number(row.seq) }];
    }),
  );
}
