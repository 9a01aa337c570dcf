import { AppError } from "../platform/errors.ts";
import { type Pool, transaction } from "../platform/pool.ts";
import { LIMITS, type RecordSamples } from "./contract.ts";
import { requireKnownAttempt } from "./current-attempt.ts";
import { lockLivingRun } from "./run-row.ts";

type Input = { runId: string; record: RecordSamples; now: number };

const UPSERT = `
  insert into "Sample" ("runId", attempt, step, prompt, task, lang, text, "createdAt")
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict ("runId", attempt, step, prompt, task)
  do update set text = excluded.text, lang = excluded.lang, "createdAt" = excluded."createdAt"`;

/** Stores what the run generated at a step; the last text sent for a prompt stays. */
export async function recordSamples(pool: Pool, input: Input): Promise<{ stored: number }> {
  const { attempt, step, samples } = input.record;
  for (const { prompt } of samples) {
    refuseLongPrompt(prompt);
  }
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

function refuseLongPrompt(prompt: string): void {
  const bytes = Buffer.byteLength(prompt);
  if (bytes > LIMITS.promptBytes) {
    throw new AppError(
      "too_large",
      `A sample's prompt has at most ${LIMITS.promptBytes} bytes of UTF-8; this one has ${bytes}. Shorten it.`,
      { details: { bytes, limitBytes: LIMITS.promptBytes } },
    );
  }
}
