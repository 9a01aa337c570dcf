import { AppError } from "../platform/errors.ts";
import type { Sql } from "../platform/pool.ts";
import type { LockedRun } from "../run-log/run-row.ts";

/** Throws `conflict` unless `attempt` is the run's current one. The answer says which is. */
export function requireCurrentAttempt(run: LockedRun, attempt: number): void {
  if (run.attempt === 0) {
    throw new AppError(
      "conflict",
      `This run has no attempt yet. Open one with POST /api/v1/runs/${run.id}/attempts, then send this again.`,
      { details: { attempt: 0 } },
    );
  }
  if (attempt !== run.attempt) {
    throw new AppError(
      "conflict",
      `Attempt ${attempt} is not the current one; attempt ${run.attempt} is. Continue that one, or open a new attempt.`,
      { details: { attempt: run.attempt } },
    );
  }
}

/** Throws `conflict` unless the run has had this attempt: what belongs to a step may arrive after a newer one began. */
export function requireKnownAttempt(run: { id: string; attempt: number }, attempt: number): void {
  if (attempt > run.attempt) {
    throw new AppError(
      "conflict",
      `This run has no attempt ${attempt}; the newest is ${run.attempt}. Open it with POST /api/v1/runs/${run.id}/attempts.`,
      { details: { attempt: run.attempt } },
    );
  }
}

export type AttemptState = { lastStep: number | null; lastBatch: number };

/** The current attempt's state. Read after the run's row is locked, so that it is the newest. */
export async function readAttempt(sql: Sql, run: LockedRun): Promise<AttemptState | null> {
  const { rows } = await sql.query<AttemptState>({
    name: "read-attempt",
    text: `select "lastStep", "lastBatch" from "Attempt" where "runId" = $1 and number = $2`,
    values: [run.id, run.attempt],
  });
  return rows[0] ?? null;
}
