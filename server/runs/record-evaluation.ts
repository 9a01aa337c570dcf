import type { WireNumber } from "../metrics/contract.ts";
import { newId } from "../platform/ids.ts";
import { type Pool, type Sql, transaction } from "../platform/pool.ts";
import { eventMessage, type LockedRun, lockLivingRun, saveMessage } from "../run-log/run-row.ts";
import { boundedJson } from "./bounded-json.ts";
import { LIMITS, type RecordEvaluation, type RunEvent } from "./contract.ts";
import { requireKnownAttempt } from "./current-attempt.ts";

type Input = { runId: string; record: RecordEvaluation; now: number };
type Results = Record<string, WireNumber>;

const UPSERT = `
  with before as (
    select results from "Evaluation" where "runId" = $1 and attempt = $2 and step = $3)
  insert into "Evaluation" ("runId", attempt, step, results, "createdAt") values ($1, $2, $3, $4, $5)
  on conflict ("runId", attempt, step)
  do update set results = "Evaluation".results || excluded.results, "createdAt" = excluded."createdAt"
  returning results, results is not distinct from (select results from before) as same`;
const TOLD = `
  select id from "RunEvent"
  where "runId" = $1 and attempt = $2 and step = $3 and kind = 'evaluation' and source = 'server'`;

/**
 * Stores results at a step, and tells of them as one event per step. Results of one step may come in several calls; the
 * last value of a name stays, and the event says it all.
 */
export async function recordEvaluation(pool: Pool, input: Input): Promise<{ stored: number }> {
  const { attempt, step, results } = input.record;
  const text = boundedJson(results, { what: "results", limitBytes: LIMITS.configBytes });
  return await transaction(pool, async (sql) => {
    const run = await lockLivingRun(sql, input.runId);
    requireKnownAttempt(run, attempt);
    const values = [run.id, attempt, step, text, new Date(input.now)];
    const { rows } = await sql.query<{ results: Results; same: boolean }>(UPSERT, values);
    if (rows[0] !== undefined && !rows[0].same) {
      await tell(sql, run, { ...input, results: rows[0].results });
    }
    return { stored: Object.keys(results).length };
  });
}

const MOST_SHOWN = 3;
/** An event is small; the rest stands in the evaluation itself. */
const MOST_KEPT = 100;

async function tell(
  sql: Sql,
  run: LockedRun,
  { record, results, now }: Input & { results: Results },
): Promise<void> {
  const { attempt, step } = record;
  const told = await sql.query<{ id: string }>(TOLD, [run.id, attempt, step]);
  const shown = Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1));
  const figures = shown.slice(0, MOST_SHOWN).map(([name, value]) => `${name} ${inWords(value)}`);
  const more = shown.length > MOST_SHOWN ? ` and ${shown.length - MOST_SHOWN} more` : "";
  const event: RunEvent = {
    id: told.rows[0]?.id ?? newId("evt"),
    attempt,
    kind: "evaluation",
    step,
    time: now,
    message: `Evaluated at step ${step}: ${figures.join(", ")}${more}.`.slice(0, 2_000),
    source: "server",
    data: { results: Object.fromEntries(shown.slice(0, MOST_KEPT)) },
  };
  await saveMessage(sql, run, { message: eventMessage(attempt, [event]), now });
}

function inWords(value: WireNumber): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : value;
}
