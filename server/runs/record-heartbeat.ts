import { type Pool, transaction } from "../platform/pool.ts";
import { nextRhythm } from "../run-log/message-interval.ts";
import { lockLivingRun, saveState } from "../run-log/run-row.ts";
import type { Heartbeat, HeartbeatAnswer } from "./contract.ts";
import { readAttempt, requireCurrentAttempt } from "./current-attempt.ts";
import { pendingCommands } from "./pending-commands.ts";

type Input = { runId: string; heartbeat: Heartbeat; now: number };

/** A sign of life between batches. It moves no message number, and it does not reopen a finished run. */
export async function recordHeartbeat(pool: Pool, input: Input): Promise<HeartbeatAnswer> {
  const { heartbeat, now } = input;
  return await transaction(pool, async (sql) => {
    const run = await lockLivingRun(sql, input.runId);
    requireCurrentAttempt(run, heartbeat.attempt);
    const attempt = await readAttempt(sql, run);
    const next = { ...run, ...nextRhythm(run, now), paused: heartbeat.state === "paused" };
    await saveState(sql, next, now);
    return { lastBatch: attempt?.lastBatch ?? 0, commands: await pendingCommands(sql, run.id) };
  });
}
