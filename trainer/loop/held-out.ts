import { cutPieces } from "../data/cut-pieces.ts";
import type { Dataset } from "../data/dataset.ts";
import { makeSampleOf, PLAIN_TASKS, type Sample, TASKS } from "../data/make-sample.ts";
import { openSamples } from "../data/open-samples.ts";
import { type OpenRow, placeSample, type RowShape, rowsToBatch } from "../data/pack-rows.ts";
import { Random } from "../data/random.ts";
import type { EvalResult } from "../engine/training-session.ts";
import type { Batch } from "../model/batch.ts";

/** The fixed batches on which a run is examined: of each source's text, and (source null) of each task's cues. */
export type HeldOut = { source: string | null; batches: Batch[] }[];

export type HeldOutOptions = {
  datasets: Dataset[];
  shape: RowShape;
  batches: number;
  seed: number;
};

/**
 * Batches from the documents that are never trained on, the same at every evaluation. Of text, pieces and tasks take
 * turns, so both are examined on every source; cues are examined by task, over all sources together. Where there are few
 * documents there are fewer batches.
 */
export function prepareHeldOut({ datasets, shape, batches, seed }: HeldOutOptions): HeldOut {
  const plain = datasets.filter(({ task }) => task === "plain");
  const cues = datasets.filter(({ task }) => task !== "plain");
  const texts = [...new Set(plain.map(({ name }) => name))].map((source) => ({
    source,
    samples: textSamples(
      plain.filter(({ name }) => name === source),
      shape,
      Random.fromSeed(seed),
    ),
  }));
  const tasks = [...new Set(cues.map(({ task }) => task))].map((task) => ({
    source: null,
    samples: cueSamples(
      cues.filter((cue) => cue.task === task),
      shape,
      Random.fromSeed(seed),
    ),
  }));
  return [...texts, ...tasks]
    .map(({ source, samples }) => ({ source, batches: pack(samples, shape, batches) }))
    .filter((held) => held.batches.length > 0);
}

function* textSamples(datasets: Dataset[], shape: RowShape, random: Random): Generator<Sample> {
  const all = datasets.flatMap(({ store }) => {
    const { record, from, to } = cutPieces(store, shape.length - shape.promptLength - 2);
    return Array.from(record, (document, i) => ({ store, document, from: from[i], to: to[i] }));
  });
  for (const [i, index] of random.permutation(all.length).entries()) {
    const piece = all[index];
    const task = PLAIN_TASKS[i % PLAIN_TASKS.length];
    if (piece !== undefined && task !== undefined) {
      const words = piece.store.read(piece.document, piece.from, piece.to);
      yield makeSampleOf(task, words, random);
    }
  }
}

function* cueSamples(datasets: Dataset[], shape: RowShape, random: Random): Generator<Sample> {
  const all = datasets.flatMap((dataset) => {
    const samples = openSamples(dataset, shape);
    return Array.from({ length: samples.count }, (_, index) => ({ samples, index }));
  });
  for (const place of random.permutation(all.length)) {
    const cue = all[place];
    if (cue !== undefined) {
      yield cue.samples.make(cue.index, random);
    }
  }
}

function pack(samples: Iterable<Sample>, shape: RowShape, most: number): Batch[] {
  const packed: Batch[] = [];
  const open: OpenRow[] = [];
  for (const sample of samples) {
    const rows = placeSample(open, sample, shape);
    if (rows !== null) {
      packed.push(rowsToBatch(rows, shape));
    }
    if (packed.length >= most) {
      break;
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

function count(sums: Sums, source: string | null, result: EvalResult): void {
  const add = (name: string, sum: number, targets: number): void => {
    const before = sums.get(name) ?? { sum: 0, targets: 0 };
    if (targets > 0) {
      sums.set(name, { sum: before.sum + sum, targets: before.targets + targets });
    }
  };
  const { loss, targets, taskLoss, taskTargets, taskCorrect } = result;
  add("eval/loss", loss * targets, targets);
  if (source !== null) {
    add(`eval/loss/${source}`, loss * targets, targets);
  }
  const correct = taskCorrect.reduce((sum, hits) => sum + hits, 0);
  add("eval/accuracy", correct, targets);
  for (const [task, name] of TASKS.entries()) {
    const ofTask = taskTargets[task] ?? 0;
    add(`eval/loss/${name}`, (taskLoss[task] ?? 0) * ofTask, ofTask);
    add(`eval/accuracy/${name}`, taskCorrect[task] ?? 0, ofTask);
  }
}
