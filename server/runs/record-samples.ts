import { type Pool, transaction } from "../platform/pool.ts";
import { lockLivingRun } from "../run-log/run-row.ts";
import type { RecordSamples } from "./contract.ts";
import { requireKnownAttempt } from "./current-attempt.ts";

type Input = { runId: string; record: RecordSamples; now: number };

const UPSERT = `
  insert into "Sample" ("runId", attempt, step, prompt, "promptHash", task, lang, text, "createdAt")
  values ($1, $2, $3, $4, sha256(convert_to($4, 'UTF8')), $5, $6, $7, $8)
  on conflict ("runId", attempt, step, "promptHash", task)
  do update set text = excluded.text, lang = excluded.lang, "createdAt" = excluded."createdAt"`;

/** Stores what the run generated at a step; the last text sent for a prompt stays. */
export async function recordSamples(pool: Pool, input: Input): Promise<{ stored: number }> {
  const { attempt, step, samples } = input.record;
  return await transaction(pool, async (sql) => {
    const run = await lockLivingRun(sql, input.runId);
    requireKnownAttempt(run, attempt);
    for (const { prompt, task, lang, text } of samples) {
      const values = [run.id, attempt, step, prompt, task, lang ?? null, text, new Date(input.now)];
      await sql.query({ name: "record-sample", text: UPSERT, values });
    }
    return { stored: samples.length };
  });
}
