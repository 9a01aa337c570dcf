import type { Pool } from "../platform/pool.ts";
import { findRun, readTail } from "./load-views.ts";
import { readSnapshot } from "./read-snapshot.ts";

/** The newest point of a key: the one with the highest step. */
export type LatestValue = { step: number; time: number; value: number };

type SealedLatest = { key: string; step: number | null; time: number; value: number };

/**
 * The newest value of every key of an attempt (absent: the newest attempt), sealed or not, by key in alphabetical order.
 * Throws `not_found` for an unknown run or attempt.
 */
export async function latestValues(
  pool: Pool,
  input: { runId: string; attempt?: number | undefined },
): Promise<Map<string, LatestValue>> {
  return await readSnapshot(pool, async (client) => {
    const run = await findRun(client, { runId: input.runId, attempt: input.attempt });
    const { rows } = await client.query<SealedLatest>({
      name: "metrics-latest",
      text: `select key, "lastStep" as step, "lastTime" as time, "lastValue" as value from "MetricSeries"
             where "runId" = $1 and attempt = $2 order by key`,
      values: [run.runId, run.attempt],
    });
    const tail = await readTail(client, run);
    const latest = new Map<string, LatestValue>();
    for (const { key, step, time, value } of rows) {
      const waiting = tail.get(key);
      const last = waiting?.steps.at(-1);
      if (waiting !== undefined && last !== undefined && last >= (step ?? 0)) {
        const newest = { time: waiting.times.at(-1), value: waiting.values.at(-1) };
        latest.set(key, { step: last, time: newest.time as number, value: newest.value as number });
      } else if (step !== null) {
        latest.set(key, { step, time, value });
      }
    }
    return latest;
  });
}
