import type { Db } from "../../platform/db.ts";
import { readRunLine } from "./read-run-line.ts";
import { type ControlChange, changesAt, type LineAttempt } from "./run-line.ts";

type Carried = { runId: string; commandIds: string[]; undoIds: string[] };
/** Where a trial stands on its run's line now: the step since which it counts; null: it does not, or was taken back. */
export type Standing = { attempts: LineAttempt[]; attempt: number; since: number | null };

/** Restarts forget what their checkpoint did not know, so a change that was obeyed may not be in force any more. */
export async function standingOf(db: Db, trial: Carried): Promise<Standing> {
  const line = await readRunLine(db, trial.runId);
  const attempt = line.attempts.at(-1)?.number ?? 0;
  const changes = changesAt(line, { attempt, step: Number.POSITIVE_INFINITY });
  return { attempts: line.attempts, attempt, ...foundIn(changes, trial) };
}

/** Since when these changes hold the trial: after what took it back, and sent twice, since the first that still stands. */
export function foundIn(
  changes: readonly (ControlChange & { since: number })[],
  { commandIds, undoIds }: Pick<Carried, "commandIds" | "undoIds">,
): Pick<Standing, "since"> {
  const undo = changes.findLastIndex(({ commandId }) => undoIds.includes(commandId));
  const first = changes.find(
    ({ commandId }, index) => index > undo && commandIds.includes(commandId),
  );
  return { since: first?.since ?? null };
}
