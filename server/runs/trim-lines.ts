import type { Pool } from "../platform/pool.ts";

/** Lines per statement: a long delete would hold its locks for as long. */
const LINES_PER_DELETE = 20_000;

// Numbers rise by one, so the newest number says which lines are too many.
const TRIM = `
  delete from "ConsoleLine" l using (
    select l."runId", l.number from "Run" r
    cross join lateral (select max(number) as newest from "ConsoleLine" where "runId" = r.id) as top
    join "ConsoleLine" l on l."runId" = r.id and l.number <= top.newest - $1
    limit ${LINES_PER_DELETE}) as old
  where l."runId" = old."runId" and l.number = old.number`;

/** Keeps the newest `keep` console lines of every run. Answers how many lines went. */
export async function trimLines(pool: Pool, keep: number): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { rowCount } = await pool.query(TRIM, [keep]);
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < LINES_PER_DELETE) {
      return deleted;
    }
  }
}
