import { unpackBatch } from "../metrics/packed-batch.ts";
import { newId } from "../platform/ids.ts";
import type { Sql } from "../platform/pool.ts";
import type { CheckedBatch } from "./check-batch.ts";
import type { RunEvent } from "./contract.ts";

const WATCHED = "loss";
/** A loss that flickers between finite and not says everything with its first events of a batch. */
const MOST_PER_BATCH = 8;

/** Rows at which the loss stops being finite; `before` says whether it was so when the batch began. */
export function nanRows(
  values: readonly (number | string | null)[],
  before: "finite" | "not finite",
): number[] {
  const rows: number[] = [];
  let broken = before === "not finite";
  values.forEach((value, row) => {
    if (value !== null) {
      const finite = typeof value === "number";
      if (!finite && !broken) {
        rows.push(row);
      }
      broken = !finite;
    }
  });
  return rows.slice(0, MOST_PER_BATCH);
}

/**
 * One `nan` event for each streak of non-finite losses, at its first step, unless the trainer reports it itself in
 * this batch. Costs a query only for a batch that holds such a loss.
 */
export async function detectNan(sql: Sql, runId: string, batch: CheckedBatch): Promise<RunEvent[]> {
  const values = batch.series[WATCHED] ?? [];
  const told = batch.events.some((event) => event.kind === "nan");
  if (told || !values.some((value) => typeof value === "string")) {
    return [];
  }
  const before = (await lastLossWasFinite(sql, runId, batch.attempt)) ? "finite" : "not finite";
  return nanRows(values, before).map((row) => ({
    id: newId("evt"),
    attempt: batch.attempt,
    kind: "nan",
    step: batch.steps[row] ?? 0,
    time: batch.times[row] ?? 0,
    message: `The loss is ${values[row]} at step ${batch.steps[row]}.`,
    source: "server",
    data: { key: WATCHED, value: values[row] },
  }));
}

const RECENT = `
  select payload from "RunMessage"
  where "runId" = $1 and attempt = $2 and payload is not null order by seq desc limit 50`;

async function lastLossWasFinite(sql: Sql, runId: string, attempt: number): Promise<boolean> {
  const { rows } = await sql.query<{ payload: Buffer }>(RECENT, [runId, attempt]);
  const wanted = new Set([WATCHED]);
  for (const { payload } of rows) {
    const last = unpackBatch(payload, wanted).columns.get(WATCHED)?.values.at(-1);
    if (last !== undefined) {
      return Number.isFinite(last);
    }
  }
  return true;
}
