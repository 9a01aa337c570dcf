import type { Sql } from "../platform/pool.ts";
import type { SealedSeries } from "./series-view.ts";

/** What is sealed of some keys of an attempt; keys that it does not have are left out. */
export async function readSealed(
  sql: Sql,
  input: { runId: string; attempt: number; keys: string[] },
): Promise<SealedSeries[]> {
  const { rows } = await sql.query<SealedSeries>({
    name: "metrics-read-series",
    text: `select id, key, "sealedCount", "lastStep" from "MetricSeries"
           where "runId" = $1 and attempt = $2 and key = any($3::text[]) order by id`,
    values: [input.runId, input.attempt, input.keys],
  });
  return rows;
}
