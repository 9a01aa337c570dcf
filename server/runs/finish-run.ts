import { sealNow } from "../metrics/seal-if-due.ts";
import { newId } from "../platform/ids.ts";
import { type Pool, transaction } from "../platform/pool.ts";
import { eventMessage, type LockedRun, lockLivingRun, saveMessage } from "../run-log/run-row.ts";
import type { FinishRun, RunEvent } from "./contract.ts";

type Input = { runId: string; finish: FinishRun; now: number };

const SENTENCE = {
  finished: "The run is finished.",
  failed: "The run failed.",
  stopped: "The run was stopped.",
} as const;

/** Ends the run as its trainer says. Saying the same again changes nothing; a later batch or attempt opens it again. */
export async function finishRun(pool: Pool, input: Input): Promise<FinishRun> {
  const { finish, now, runId } = input;
  const ended = await transaction(pool, async (sql) => {
    const run = await lockLivingRun(sql, runId);
    if (run.finishStatus === finish.status) {
      return null;
    }
    const next: LockedRun = {
      ...run,
      finishStatus: finish.status,
      finishedAt: new Date(now),
      paused: false,
    };
    const event: RunEvent = {
      id: newId("evt"),
      attempt: run.attempt,
      kind: "finish",
      step: run.step,
      time: now,
      message: finish.message || SENTENCE[finish.status],
      source: "trainer",
      data: { status: finish.status },
    };
    await saveMessage(sql, next, { message: eventMessage(run.attempt, [event]), now });
    return run.attempt;
  });
  if (ended !== null) {
    await sealNow(pool, { runId, attempt: ended });
  }
  return finish;
}
