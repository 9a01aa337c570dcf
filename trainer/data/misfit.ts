import type { ModelConfig } from "../model/config.ts";
import type { Dataset } from "./dataset.ts";
import { cueHead } from "./read-cue.ts";

export type Limits = Pick<ModelConfig, "vocab_size" | "prompt_types" | "segment_types">;

/** Why a model cannot be trained on a dataset: an id, a prompt or a segment that it has no row for. Null: it can. */
export function misfit({ key, task, store }: Dataset, model: Limits): string | null {
  let record = -1;
  for (const words of store.scan()) {
    record += 1;
    // Text becomes infill, segment 1, and continuation, slot 2 and segment 2.
    const { slot, segments, tokens } =
      task === "plain" ? { slot: 2, segments: [2], tokens: words } : cueHead(words);
    const reason =
      exceeds("the token", largest(tokens), model.vocab_size) ??
      exceeds("the prompt slot", slot, model.prompt_types) ??
      exceeds("the segment", largest(segments), model.segment_types);
    if (reason !== null) {
      return `record ${record} of ${key} has ${reason}`;
    }
  }
  return null;
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i += 1) {
    most = Math.max(most, values[i] ?? 0);
  }
  return most;
}

function exceeds(what: string, value: number, limit: number): string | null {
  return value < limit ? null : `${what} ${value}, but the model has only 0 … ${limit - 1}`;
}
