import { cutPieces, type TokenStore } from "../data/cut-pieces.ts";
import { makeSampleOf, PLAIN_TASKS, TASKS } from "../data/make-sample.ts";
import { type OpenRow, placeSample, type RowShape, rowsToBatch } from "../data/pack-rows.ts";
import { Random } from "../data/random.ts";
import type { EvalResult } from "../engine/training-session.ts";
import type { Batch } from "../model/batch.ts";

/** The fixed batches on which a run is examined, per source. */
export type HeldOut = { source: string; batches: Batch[] }[];

export type HeldOutOptions = {
  sources: Map<string, TokenStore>;
  shape: RowShape;
  batches: number;
  seed: number;
};

/**
 * Batches from the documents that are never trained on, the same at every evaluation. Pieces and tasks take turns,
 * so every task is examined on every source; a source with few documents gives fewer batches.
 */
export function prepareHeldOut({ sources, shape, batches, seed }: HeldOutOptions): HeldOut {
  return [...sources]
    .map(([source, store]) => ({
      source,
      batches: packSource(store, shape, { batches, random: Random.fromSeed(seed) }),
    }))
    .filter((held) => held.batches.length > 0);
}

function packSource(
  store: TokenStore,
  shape: RowShape,
  { batches, random }: { batches: number; random: Random },
): Batch[] {
  const pieces = cutPieces(store, shape.length - shape.promptLength - 2);
  const packed: Batch[] = [];
  const open: OpenRow[] = [];
  for (const [i, index] of random.permutation(pieces.length).entries()) {
    const piece = pieces[index];
    const task = PLAIN_TASKS[i % PLAIN_TASKS.length];
    if (piece === undefined || task === undefined || packed.length >= batches) {
      break;
    }
    const rows = placeSample(
      open,
      makeSampleOf(task, store.tokens.subarray(piece.from, piece.to), random),
      shape,
    );
    if (rows !== null) {
      packed.push(rowsToBatch(rows, shape));
    }
  }
  return packed.length === 0 && open.length > 0
    ? [rowsToBatch(open.slice(0, shape.rows), shape)]
    : packed;
}

type Examiner = { evaluate(batch: Batch): Promise<EvalResult> };

export type Examination = {
  /** Mean cross-entropy per target (nats) and share of targets foretold: over all, per task and per source. */
  results: Record<string, number>;
  /** Median time of a forward pass, milliseconds. */
  forwardMs: number | null;
};

type Sums = Map<string, { sum: number; targets: number }>;

/** Examines the model on every held-out batch. */
export async function evaluateHeldOut(session: Examiner, heldOut: HeldOut): Promise<Examination> {
  const sums: Sums = new Map();
  const times: number[] = [];
  for (const { source, batches } of heldOut) {
    for (const batch of batches) {
      const startedAt = performance.now();
      const result = await session.evaluate(batch);
      times.push(performance.now() - startedAt);
      count(sums, source, result);
    }
  }
  const results = Object.fromEntries(
    [...sums].map(([name, { sum, targets }]) => [name, sum / targets]),
  );
  const forwardMs = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? null;
  return { results, forwardMs };
}

function count(sums: Sums, source: string, result: EvalResult): void {
  const add = (name: string, sum: number, targets: number): void => {
    const before = sums.get(name) ?? { sum: 0, targets: 0 };
    if (targets > 0) {
      sums.set(name, { sum: before.sum + sum, targets: before.targets + targets });
    }
  };
  const { loss, targets, taskLoss, taskTargets, taskCorrect } = result;
  add("eval/loss", loss * targets, targets);
  add(`eval/loss/${source}`, loss * targets, targets);
  const correct = taskCorrect.reduce((sum, hits) => sum + hits, 0);
  add("eval/accuracy", correct, targets);
  for (const [task, name] of TASKS.entries()) {
    const ofTask = taskTargets[task] ?? 0;
    add(`eval/loss/${name}`, (taskLoss[task] ?? 0) * ofTask, ofTask);
    add(`eval/accuracy/${name}`, taskCorrect[task] ?? 0, ofTask);
  }
}
