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

/** Mean cross-entropy per target (nats): over all, per task and per source. */
export async function evaluateHeldOut(
  session: Examiner,
  heldOut: HeldOut,
): Promise<Record<string, number>> {
  const sums = new Map<string, { loss: number; targets: number }>();
  const add = (name: string, loss: number, targets: number): void => {
    const sum = sums.get(name) ?? { loss: 0, targets: 0 };
    if (targets > 0) {
      sums.set(name, { loss: sum.loss + loss * targets, targets: sum.targets + targets });
    }
  };
  for (const { source, batches } of heldOut) {
    for (const batch of batches) {
      const { loss, targets, taskLoss, taskTargets } = await session.evaluate(batch);
      add("eval/loss", loss, targets);
      add(`eval/loss/${source}`, loss, targets);
      for (const [task, name] of TASKS.entries()) {
        add(`eval/loss/${name}`, taskLoss[task] ?? 0, taskTargets[task] ?? 0);
      }
    }
  }
  return Object.fromEntries([...sums].map(([name, { loss, targets }]) => [name, loss / targets]));
}
