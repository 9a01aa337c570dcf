import { type Batch, emptyBatch } from "../model/batch.ts";
import { type Sample, targetsOf } from "./make-sample.ts";

/** A row being filled: its samples in order and the positions they take, prompts included. */
export type OpenRow = { samples: Sample[]; used: number };

export type RowShape = { rows: number; length: number; promptLength: number };

/**
 * CPM-Ant's packing: a sample goes to the first row where used + its length < row length, otherwise it opens a new
 * row. As soon as there are more rows than a batch holds, the first ones are taken off and returned.
 */
export function placeSample(open: OpenRow[], sample: Sample, shape: RowShape): OpenRow[] | null {
  const size = shape.promptLength + sample.tokens.length;
  const row = open.find((candidate) => candidate.used + size < shape.length);
  if (row === undefined) {
    open.push({ samples: [sample], used: size });
  } else {
    row.samples.push(sample);
    row.used += size;
  }
  return open.length > shape.rows ? open.splice(0, shape.rows) : null;
}

/** Rows as the model's arrays; what is not filled is the model's own padding. */
export function rowsToBatch(rows: OpenRow[], shape: RowShape): Batch {
  const batch = emptyBatch(shape.rows, shape.length);
  rows.forEach((row, r) => {
    let at = r * shape.length;
    row.samples.forEach((sample, span) => {
      at = writeSample({ batch, shape, sample, span }, at);
    });
    batch.lengths[r] = row.used;
  });
  batch.samples = rows.flatMap(({ samples }) => samples.flatMap(({ id }) => id ?? []));
  return batch;
}

type Placement = { batch: Batch; shape: RowShape; sample: Sample; span: number };

/** Writes prompt and tokens from position `at` on and returns the position after them. */
function writeSample({ batch, shape, sample, span }: Placement, at: number): number {
  const begin = at + shape.promptLength;
  const end = begin + sample.tokens.length;
  for (let k = 0; k < shape.promptLength; k += 1) {
    batch.input[at + k] = sample.slot * shape.promptLength + k;
  }
  batch.isPrompt.fill(1, at, begin);
  batch.context.fill(1, at, end);
  batch.span.fill(span, at, end);
  batch.task.fill(sample.task, at, end);
  let from = begin;
  const parts = sample.parts ?? [[sample.tokens.length, sample.segment] as const];
  for (const [length, segment] of parts) {
    batch.segment.fill(segment, from, from + length);
    from += length;
  }
  batch.input.set(sample.tokens, begin);
  batch.target.set(targetsOf(sample), begin);
  for (const position of sample.hidden) {
    batch.context[begin + position] = 0;
  }
  return end;
}

/** Targets and valid positions of a batch, for the loss weights and the throughput. */
export function countBatch(batch: Batch): { tokens: number; targets: number } {
  const tokens = batch.lengths.reduce((sum, length) => sum + length, 0);
  return { tokens, targets: batch.target.reduce((sum, target) => sum + (target >= 0 ? 1 : 0), 0) };
}
