import type { Sql } from "../platform/pool.ts";

/** The metric keys of a run in alphabetical order: of one attempt, or of all of them. Empty for an unknown run. */
export async function listKeys(
  sql: Sql,
  { runId, attempt }: { runId: string; attempt?: number | undefined },
): Promise<string[]> {
  const { rows } = await sql.query<{ key: string }>(
    `select distinct key from "MetricSeries"
     where "runId" = $1 and ($2::int is null or attempt = $2) order by key`,
    [runId, attempt ?? null],
  );
  return rows.map(({ key }) => key);
}
