import { BEGIN, END } from "../tokenizer/vocabulary.ts";
import type { Random } from "./random.ts";

/** Every task by its number in a batch: TASKS[3] is what a record calls task 3. */
export const TASKS = [
  "infill",
  "continuation",
  "mixed",
  "summary",
  "qa",
  "en-zh",
  "zh-en",
  "rewrite",
] as const;
export type Task = (typeof TASKS)[number];

/** The tasks that any piece of text can be made into; the others need a document that was augmented. */
export const PLAIN_TASKS = ["infill", "continuation"] as const satisfies Task[];

const NO_TARGET = -100;
const INFILL = { task: 0, slot: 1, segment: 1 };
const CONTINUATION = { task: 1, slot: 2, segment: 2 };

/**
 * One training sample. `hidden` are the positions that must be predicted (context false), rising; the token itself
 * stays in the input and is hidden by the attention mask alone. With `parts`, runs of [tokens, segment type] stand in
 * the place of the one `segment`.
 */
export type Sample = {
  task: number;
  slot: number;
  segment: number;
  tokens: number[];
  hidden: number[];
  parts?: [tokens: number, segment: number][] | undefined;
  /** Where it comes from: its dataset's key, the record, and for text the first token in it. */
  id?: string | undefined;
};

/** Wraps a piece in `<s>…</s>` and makes it, with equal chances, an infill or a continuation sample. */
export function makeSample(piece: ArrayLike<number>, random: Random): Sample {
  const tokens = [BEGIN, ...Array.from(piece), END];
  const kind = random.next() < 0.5 ? INFILL : CONTINUATION;
  return { ...kind, tokens, hidden: hide(kind.task, tokens.length, random) };
}

/** Makes a sample of the asked task; the held-out set has its own share of each. */
export function makeSampleOf(
  task: (typeof PLAIN_TASKS)[number],
  piece: ArrayLike<number>,
  random: Random,
): Sample {
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
