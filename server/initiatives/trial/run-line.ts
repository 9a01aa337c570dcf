import type { ControlPatch } from "../contract.ts";

/** Where a run went on: `keepsControls` when a command led back, which leaves what was set in force. */
export type LineAttempt = { number: number; fromStep: number; keepsControls: boolean };

/** A change of the controls that the trainer has obeyed: it counts from the step after `step` on. */
export type ControlChange = {
  commandId: string;
  attempt: number;
  step: number;
  /** Milliseconds since 1970, by the trainer's clock. */
  time: number;
  path: ControlPatch[number]["path"];
  value: unknown;
  /** What the trainer says it replaced; undefined when it says nothing of it. */
  before: unknown;
};

/** A place in a run's history; `Infinity` is where the attempt stands. */
export type Place = { attempt: number; step: number };

type Line = { attempts: readonly LineAttempt[]; changes: readonly ControlChange[] };

/** What led to a place: steps of attempts, the oldest first, without what was left behind by going back. */
export function lineTo(
  attempts: readonly LineAttempt[],
  { attempt, step }: Place,
): { attempt: number; from: number; to: number }[] {
  const segments: { attempt: number; from: number; to: number }[] = [];
  let to = step;
  for (const { number, fromStep } of newestFirst(attempts, attempt)) {
    if (fromStep < to) {
      segments.unshift({ attempt: number, from: fromStep, to });
      to = fromStep;
    }
  }
  return segments;
}

/**
 * The changes in the order in which they were obeyed that are in force or were replaced at a place, each with the step
 * since which it counts there. A restart knows what its checkpoint knew; a way back by command keeps everything.
 */
export function changesAt(line: Line, place: Place): (ControlChange & { since: number })[] {
  const attempt = line.attempts.find(({ number }) => number === place.attempt);
  if (attempt === undefined) {
    return [];
  }
  const { number, fromStep, keepsControls } = attempt;
  const earlier = number - 1;
  const brought = keepsControls
    ? changesAt(line, { attempt: earlier, step: Number.POSITIVE_INFINITY })
    : changesAt(line, { attempt: earlier, step: fromStep });
  const own = line.changes.filter(
    (change) => change.attempt === number && change.step < place.step,
  );
  return [
    ...brought.map((change) => ({ ...change, since: Math.min(change.since, fromStep) })),
    ...own.map((change) => ({ ...change, since: change.step })),
  ];
}

function newestFirst(attempts: readonly LineAttempt[], upTo: number): LineAttempt[] {
  return attempts.filter(({ number }) => number <= upTo).sort((a, b) => b.number - a.number);
}
