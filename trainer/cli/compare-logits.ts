import type { FormatFigures } from "#server/releases/contract.ts";
import { Random } from "../data/random.ts";
import { createInferenceSession } from "../engine/inference-session.ts";
import type { Executor } from "../engine/training-contract.ts";
import { type Batch, emptyBatch } from "../model/batch.ts";
import type { ModelConfig } from "../model/config.ts";
import type { NamedTensors } from "../model/parameters.ts";

const ROWS = 8;
const TOKENS = 48;
const SLOT = 2;
const SEGMENT = 2;
/** Ids below are signs of the tokenizer, not text. */
const FIRST_TEXT = 10;

type Compared = {
  config: ModelConfig;
  executor: Executor;
  source: NamedTensors;
  written: NamedTensors;
  threads: number;
  onRow: (share: number) => void;
};

/** Runs both on the same rows of drawn tokens, each position a prediction, and says how far their logits lie apart. */
export async function compareLogits(compared: Compared): Promise<FormatFigures> {
  const { config, executor, threads } = compared;
  const batches = drawBatches(config);
  const length = config.prompt_length + TOKENS;
  const run = async (parameters: NamedTensors, from: number): Promise<Float32Array[]> => {
    const session = await createInferenceSession({ config, parameters, length, executor, threads });
    try {
      const all: Float32Array[] = [];
      for (const [row, batch] of batches.entries()) {
        all.push((await session.logits(batch)).slice(config.prompt_length * config.vocab_size));
        compared.onRow(from + (0.5 * (row + 1)) / ROWS);
      }
      return all;
    } finally {
      await session.release();
    }
  };
  const source = await run(compared.source, 0);
  return measure(source, await run(compared.written, 0.5), config.vocab_size);
}

function drawBatches({ vocab_size, prompt_length }: ModelConfig): Batch[] {
  const random = Random.fromSeed(1);
  return Array.from({ length: ROWS }, () => {
    const length = prompt_length + TOKENS;
    const batch = emptyBatch(1, length);
    batch.input.set(Array.from({ length: prompt_length }, (_, k) => SLOT * prompt_length + k));
    for (let at = prompt_length; at < length; at++) {
      batch.input[at] = FIRST_TEXT + Math.floor(random.next() * (vocab_size - FIRST_TEXT));
    }
    batch.isPrompt.fill(1, 0, prompt_length);
    batch.context.fill(0, prompt_length);
    batch.segment.fill(SEGMENT, prompt_length);
    batch.lengths[0] = length;
    return batch;
  });
}

function measure(source: Float32Array[], written: Float32Array[], width: number): FormatFigures {
  const sum = { max: 0, total: 0, count: 0, largest: 0, same: 0, divergence: 0 };
  for (const [row, logits] of source.entries()) {
    const other = written[row] ?? new Float32Array(logits.length).fill(Number.NaN);
    for (let at = 0; at < logits.length; at += width) {
      const a = logits.subarray(at, at + width);
      const b = other.subarray(at, at + width);
      addDistances(sum, a, b);
      sum.same += likeliest(a) === likeliest(b) ? 1 : 0;
      sum.divergence += divergenceOf(a, b);
    }
  }
  const positions = sum.count / width;
  return {
    rows: source.length,
    positions,
    maxDifference: sum.max,
    meanDifference: sum.total / sum.count,
    largest: sum.largest,
    agreement: sum.same / positions,
    divergence: sum.divergence / positions,
  };
}

type Distances = { max: number; total: number; count: number; largest: number };

function addDistances(sum: Distances, a: Float32Array, b: Float32Array): void {
  a.forEach((value, at) => {
    const distance = Math.abs(value - (b[at] ?? Number.NaN));
    // A value that is no number is the largest of all differences.
    sum.max = Math.max(sum.max, Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance);
    sum.largest = Math.max(sum.largest, Math.abs(value));
    sum.total += distance;
    sum.count += 1;
  });
}

function likeliest(logits: Float32Array): number {
  return logits.indexOf(logits.reduce((most, value) => Math.max(most, value)));
}

/** KL(a ‖ b) of the distributions behind two rows of logits. */
function divergenceOf(a: Float32Array, b: Float32Array): number {
  const [zeroA, zeroB] = [logSum(a), logSum(b)];
  let sum = 0;
  a.forEach((value, at) => {
    const own = value - zeroA;
    sum += Math.exp(own) * (own - ((b[at] ?? Number.NaN) - zeroB));
  });
  return Math.max(0, sum);
}

function logSum(logits: Float32Array): number {
  const most = logits.reduce((a, b) => Math.max(a, b));
  return most + Math.log(logits.reduce((sum, value) => sum + Math.exp(value - most), 0));
}
