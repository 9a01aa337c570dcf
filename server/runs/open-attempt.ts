import { type DetectorState, detectorAfter } from "../detect/detector.ts";
import { sealNow } from "../metrics/seal-if-due.ts";
import { newId } from "../platform/ids.ts";
import { type Pool, type Sql, transaction } from "../platform/pool.ts";
import { nextRhythm } from "../run-log/message-interval.ts";
import { eventMessage, type LockedRun, lockLivingRun, saveMessage } from "../run-log/run-row.ts";
import type { OpenAttempt, OpenedAttempt, RunEvent } from "./contract.ts";
import { type AttemptState, readAttempt } from "./current-attempt.ts";

type Input = { runId: string; attempt: OpenAttempt; now: number };

const INSERT = `
  insert into "Attempt" ("runId", number, "fromStep", reason, "startedAt", detector)
  values ($1, $2, $3, $4, $5, $6::jsonb)`;
const DETECTOR = `select detector from "Attempt" where "runId" = $1 and number = $2`;

/**
 * Opens the next attempt at `fromStep` and leaves the one before where it stands. A finished run lives again.
 * Asking twice before anything was logged, as after a lost answer, opens one attempt.
 */
export async function openAttempt(pool: Pool, input: Input): Promise<OpenedAttempt> {
  const opened = await transaction(pool, async (sql) => {
    const run = await lockLivingRun(sql, input.runId);
    const before = await readAttempt(sql, run);
    if (before?.lastBatch === 0 && (await isSame(sql, run, input))) {
      return { attempt: run.attempt };
    }
    const { fromStep, reason } = input.attempt;
    const number = run.attempt + 1;
    const known = await sql.query<{ detector: DetectorState | null }>(DETECTOR, [
      run.id,
      run.attempt,
    ]);
    const detector = JSON.stringify(detectorAfter(known.rows[0]?.detector ?? null));
    await sql.query(INSERT, [run.id, number, fromStep, reason, new Date(input.now), detector]);
    const next: LockedRun = {
      ...run,
      ...nextRhythm(run, input.now),
      attempt: number,
      step: fromStep,
      tokens: fromStep === 0 ? null : run.tokens,
      finishStatus: null,
      finishedAt: null,
      paused: false,
    };
    const message = eventMessage(number, [openingEvent(number, before, input)]);
    await saveMessage(sql, next, { message, now: input.now });
    return { attempt: number };
  });
  if (opened.attempt > 1) {
    // What was left behind takes no more: its tail moves on at once.
    await sealNow(pool, { runId: input.runId, attempt: opened.attempt - 1 });
  }
  return opened;
}

async function isSame(sql: Sql, run: LockedRun, { attempt }: Input): Promise<boolean> {
  const { rows } = await sql.query<{ fromStep: number; reason: string }>(
    `select "fromStep", reason from "Attempt" where "runId" = $1 and number = $2`,
    [run.id, run.attempt],
  );
  return rows[0]?.fromStep === attempt.fromStep && rows[0].reason === attempt.reason;
}

/** The first attempt starts the run; a later one goes on after what was logged (restart) or goes back (rollback). */
function openingEvent(
  number: number,
  before: AttemptState | null,
  { attempt, now }: Input,
): RunEvent {
  const { fromStep, reason } = attempt;
  const lastStep = before?.lastStep ?? null;
  const back = lastStep !== null && fromStep < lastStep;
  const text = back
    ? `Attempt ${number} goes back from step ${lastStep} to step ${fromStep}: ${reason}`
    : `Attempt ${number} starts at step ${fromStep}: ${reason}`;
  return {
    id: newId("evt"),
    attempt: number,
    kind: before === null ? "start" : back ? "rollback" : "restart",
    step: fromStep,
    time: now,
    message: text.slice(0, 2_000),
    source: "server",
    data: { fromStep, lastStep, reason },
  };
}
