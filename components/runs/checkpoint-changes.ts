import type { Attempt, Checkpoint, CheckpointFile, EventKind } from "#server/runs/contract.ts";

/** Events that change how a run trains on. */
export const CHANGING: EventKind[] = [
  "stage",
  "data",
  "rate",
  "growth",
  "command",
  "restart",
  "rollback",
  "initiative",
];

export type FileChange = { file: CheckpointFile; state: "new" | "changed" | "same" };

/** Each file beside the one of the same name in the checkpoint before. */
export function compareFiles(one: Checkpoint, before: Checkpoint | null): FileChange[] {
  const known = new Map(before?.files.map(({ name, sha256 }) => [name, sha256]));
  return one.files.map((file) => {
    const old = known.get(file.name);
    return { file, state: old === undefined ? "new" : old === file.sha256 ? "same" : "changed" };
  });
}

type Starts = readonly Pick<Attempt, "number" | "fromStep">[];

/** The checkpoint that this one was trained on from: what earlier attempts did beyond their successor's start was left. */
export function checkpointBefore(
  one: Checkpoint,
  all: readonly Checkpoint[],
  attempts: Starts,
): Checkpoint | null {
  const counts = ({ attempt, step }: Checkpoint) =>
    step < one.step &&
    attempt <= one.attempt &&
    attempts.every(
      ({ number, fromStep }) => number <= attempt || number > one.attempt || step <= fromStep,
    );
  return all.filter(counts).reduce<Checkpoint | null>((best, next) => {
    const nearer = best === null || next.step > best.step;
    return nearer || (next.step === best.step && next.attempt > best.attempt) ? next : best;
  }, null);
}

export type TrackMark = { share: number; checkpoints: Checkpoint[] };

/** Checkpoints on a line from 0 to `end`; those that would lie on each other are one mark. */
export function trackMarks(
  checkpoints: readonly Checkpoint[],
  end: number,
  nearest = 0.022,
): TrackMark[] {
  const marks: TrackMark[] = [];
  for (const checkpoint of [...checkpoints].sort((a, b) => a.step - b.step)) {
    const share = end > 0 ? Math.min(1, checkpoint.step / end) : 0;
    const last = marks.at(-1);
    if (last !== undefined && share - last.share < nearest) {
      last.checkpoints.push(checkpoint);
    } else {
      marks.push({ share, checkpoints: [checkpoint] });
    }
  }
  return marks;
}
