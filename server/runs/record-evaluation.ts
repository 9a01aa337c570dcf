import { type Pool, transaction } from "../platform/pool.ts";
import { lockLivingRun } from "../run-log/run-row.ts";
import { boundedJson } from "./bounded-json.ts";
import { LIMITS, type RecordEvaluation } from "./contract.ts";
import { requireKnownAttempt } from "./current-attempt.ts";

type Input = { runId: string; record: RecordEvaluation; now: number };

const UPSERT = `
  insert into "Evaluation" ("runId", attempt, step, results, "createdAt") values ($1, $2, $3, $4, $5)
  on conflict ("runId", attempt, step)
  do update set results = "Evaluation".results || excluded.results, "createdAt" = excluded."createdAt"`;

/** Stores results at a step. Results of one step may come in several calls; the last value of a name stays. */
export async function recordEvaluation(pool: Pool, input: Input): Promise<{ stored: number }> {
  const { attempt, step, results } = input.record;
  const text = boundedJson(results, { what: "results", limitBytes: LIMITS.configBytes });
  return await transaction(pool, async (sql) => {
    const run = await lockLivingRun(sql, input.runId);
    requireKnownAttempt(run, attempt);
    await sql.query(UPSERT, [run.id, attempt, step, text, new Date(input.now)]);
    return { stored: Object.keys(results).length };
  });
}
