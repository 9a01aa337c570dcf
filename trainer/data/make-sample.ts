import { BEGIN, END } from "../tokenizer/vocabulary.ts";
import type { Random } from "./random.ts";

/** The tasks that the trainer knows how to make, in the order in which a batch numbers them. */
export const TASKS = ["infill", "continuation"] as const;
export type Task = (typeof TASKS)[number];

const NO_TARGET = -100;
const INFILL = { task: 0, slot: 1, segment: 1 };
const CONTINUATION = { task: 1, slot: 2, segment: 2 };

/**
 * One training sample. `hidden` are the positions that must be predicted (context false), rising; the token itself
 * stays in the input and is hidden by the attention mask alone.
 */
export type Sample = {
  task: number;
  slot: number;
  segment: number;
  tokens: number[];
  hidden: number[];
};

/** Wraps a piece in `<s>…</s>` and makes it, with equal chances, an infill or a continuation sample. */
export function makeSample(piece: ArrayLike<number>, random: Random): Sample {
  const tokens = [BEGIN, ...Array.from(piece), END];
  const kind = random.next() < 0.5 ? INFILL : CONTINUATION;
  return { ...kind, tokens, hidden: hide(kind.task, tokens.length, random) };
}

/** Makes a sample of the asked task; the held-out set has its own share of each. */
export function makeSampleOf(task: Task, piece: ArrayLike<number>, random: Random): Sample {
  const kind = task === "infill" ? INFILL : CONTINUATION;
  const tokens = [BEGIN, ...Array.from(piece), END];
  return { ...kind, tokens, hidden: hide(kind.task, tokens.length, random) };
}

/** n is uniform in 1 … length − 1. Infill hides n places anywhere after the first token, continuation the last n. */
function hide(task: number, length: number, random: Random): number[] {
  const n = 1 + random.below(length - 1);
  if (task === CONTINUATION.task) {
    return Array.from({ length: n }, (_, i) => length - n + i);
  }
  const places = random.permutation(length - 1).slice(0, n);
  return Array.from(places, (place) => place + 1).sort((a, b) => a - b);
}

/** target[i] = token[i + 1] where position i + 1 is hidden, else −100. */
export function targetsOf(sample: Sample): Int32Array {
  const target = new Int32Array(sample.tokens.length).fill(NO_TARGET);
  for (const position of sample.hidden) {
    target[position - 1] = sample.tokens[position] ?? NO_TARGET;
  }
  return target;
}
