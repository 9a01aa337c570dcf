import { type Batch, NO_TARGET } from "./batch.ts";

/** The positions that have a target; each array has the same length, filled up with "no target". */
export type Targets = {
  /** Index into the flattened rows. */
  position: Int32Array;
  target: Int32Array;
  task: Int32Array;
};

export function countTargets(batch: Batch): number {
  return batch.target.reduce((count, target) => count + (target >= 0 ? 1 : 0), 0);
}

/**
 * Gathers the targets of a batch to the front of arrays of a fixed length. Given tokens and prompts have
 * none, which is well over half of the positions, and the output layer is spared for those.
 */
export function collectTargets(batch: Batch, capacity: number): Targets {
  const position = new Int32Array(capacity);
  const target = new Int32Array(capacity).fill(NO_TARGET);
  const task = new Int32Array(capacity).fill(-1);
  let count = 0;
  for (const [index, id] of batch.target.entries()) {
    if (id >= 0) {
      if (count === capacity) {
        throw new RangeError(
          `The batch has more than ${capacity} targets: compile the step for a larger number.`,
        );
      }
      position[count] = index;
      target[count] = id;
      task[count] = batch.task[index] ?? -1;
      count++;
    }
  }
  return { position, target, task };
}
