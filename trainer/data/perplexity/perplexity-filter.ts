import { documentFraction } from "../document-hash.ts";
import { type LanguageModel, trainKneserNey } from "./kneser-ney.ts";

/** Characters that a source's model is trained on at most: enough for characters, and its memory stays bounded. */
const MOST_CHARACTERS = 4_000_000;
const SAMPLE = 0.2;
const HELD_OUT = 0.1;
/** Fewer held-out documents than this give no percentile that can be trusted. */
const LEAST_HELD_OUT = 20;

export type PerplexityFilter = {
  /** Above it a document is the tail; infinite when the source is too small to judge. */
  limit: number;
  model: LanguageModel;
};

/**
 * A sample of a source, chosen by hash: nine tenths of it train the model, one tenth sets the limit. `share` is how much
 * of what is added belongs to the sample.
 */
export function createReference(share = SAMPLE): {
  add(text: string): void;
  finish(drop: number): PerplexityFilter;
} {
  const training: string[] = [];
  const heldOut: string[] = [];
  let characters = 0;
  return {
    add(text) {
      const place = documentFraction(text, "perplexity");
      if (place >= share || characters > MOST_CHARACTERS) {
        return;
      }
      characters += text.length;
      (place < share * HELD_OUT ? heldOut : training).push(text);
    },
    finish(drop) {
      const model = trainKneserNey(training);
      const values = heldOut.map((text) => model.perplexity(text)).sort((a, b) => a - b);
      return {
        model,
        limit:
          values.length < LEAST_HELD_OUT ? Number.POSITIVE_INFINITY : percentile(values, 1 - drop),
      };
    },
  };
}

/** The value below or at which `share` of the sorted values lie. */
export function percentile(sorted: number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.POSITIVE_INFINITY;
}

/** The reason to drop, or null. A perplexity next to 1 is a text that only repeats itself. */
export function judgePerplexity(perplexity: number, limit: number): string | null {
  if (perplexity > limit) {
    return "perplexity";
  }
  return perplexity < 1.05 ? "repetition" : null;
}
