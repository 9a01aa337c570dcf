import { type Pool, transaction } from "../platform/pool.ts";
import { nextRhythm } from "../run-log/message-interval.ts";
import { lockLivingRun, saveState } from "../run-log/run-row.ts";
import type { Heartbeat, HeartbeatAnswer } from "./contract.ts";
import { readAttempt, requireCurrentAttempt } from "./current-attempt.ts";
import { pendingCommands } from "./pending-commands.ts";

type Input = { runId: string; heartbeat: Heartbeat; now: number };

const TELL = `select pg_notify('run_message', $1)`;

/** What the hub hears of a sign of life: there is nothing for it to read. */
const beatOf = (runId: string, paused: boolean, now: number): string =>
  `${runId} beat ${now} ${paused ? "paused" : "running"}`;

/** A sign of life between batches. It moves no message number, and it does not reopen a finished run. */
export async function recordHeartbeat(pool: Pool, input: Input): Promise<HeartbeatAnswer> {
  const { heartbeat, now } = input;
  return await transaction(pool, async (sql) => {
    const run = await lockLivingRun(sql, input.runId);
    requireCurrentAttempt(run, heartbeat.attempt);
    const attempt = await readAttempt(sql, run);
    const next = { ...run, ...nextRhythm(run, now), paused: heartbeat.state === "paused" };
    await saveState(sql, next, now);
    await sql.query({ name: "tell-beat", text: TELL, values: [beatOf(run.id, next.paused, now)] });
    return { lastBatch: attempt?.lastBatch ?? 0, commands: await pendingCommands(sql, run.id) };
  });
}
