import type { ModelConfig } from "./config.ts";

/** Target of a position that predicts nothing. */
export const NO_TARGET = -100;

/** Packed rows; every array is row-major `[rows * length]`, except `lengths`. */
export type Batch = {
  rows: number;
  length: number;
  /** Prompt id (slot · P + k) where `isPrompt`, else token id. */
  input: Int32Array;
  isPrompt: Uint8Array;
  /** 1 = given, 0 = must be predicted. */
  context: Uint8Array;
  /** Segment type; 0 for the prompt. */
  segment: Int32Array;
  /** Which packed sample of its row the position belongs to. */
  span: Int32Array;
  /** `[rows]` valid tokens per row; what follows is padding. */
  lengths: Int32Array;
  /** The next token's id where it must be predicted, else `NO_TARGET`. */
  target: Int32Array;
  /** Task id of the position's sample, −1 for none. */
  task: Int32Array;
  /** Where the packed samples come from, row after row, as the data name them. */
  samples?: string[];
};

/** A batch of padding only: all ids 0, everything given, no targets, no valid token. */
export function emptyBatch(rows: number, length: number): Batch {
  const size = rows * length;
  return {
    rows,
    length,
    input: new Int32Array(size),
    isPrompt: new Uint8Array(size),
    context: new Uint8Array(size).fill(1),
    segment: new Int32Array(size),
    span: new Int32Array(size),
    lengths: new Int32Array(rows),
    target: new Int32Array(size).fill(NO_TARGET),
    task: new Int32Array(size).fill(-1),
  };
}

/**
 * Throws a RangeError that names the row and position when a batch does not fit the model. An id beyond
 * its table would read foreign memory on one executor and abort the other.
 */
export function checkBatch(batch: Batch, config: ModelConfig): void {
  checkSizes(batch);
  const prompts = config.prompt_types * config.prompt_length;
  const within = (name: "input" | "segment" | "target", index: number, limit: number): void => {
    const value = batch[name][index] ?? -1;
    if (value < 0 || value >= limit) {
      const where = `row ${Math.floor(index / batch.length)}, position ${index % batch.length}`;
      throw new RangeError(
        `${name} ${value} at ${where} is outside 0…${limit - 1}: encode the text with the model's own vocabulary and configuration.`,
      );
    }
  };
  for (let i = 0; i < batch.input.length; i++) {
    within("input", i, batch.isPrompt[i] === 1 ? prompts : config.vocab_size);
    within("segment", i, config.segment_types);
    if (batch.target[i] !== NO_TARGET) {
      within("target", i, config.vocab_size);
    }
  }
}

function checkSizes(batch: Batch): void {
  const size = batch.rows * batch.length;
  for (const name of [
    "input",
    "isPrompt",
    "context",
    "segment",
    "span",
    "target",
    "task",
  ] as const) {
    if (batch[name].length !== size) {
      throw new RangeError(
        `${name} holds ${batch[name].length} values, not rows × length = ${size}: build the batch with emptyBatch(${batch.rows}, ${batch.length}).`,
      );
    }
  }
  if (
    batch.lengths.length !== batch.rows ||
    batch.lengths.some((length) => length < 0 || length > batch.length)
  ) {
    throw new RangeError(
      `lengths must hold ${batch.rows} values from 0 to ${batch.length}: count the valid tokens of each row.`,
    );
  }
}
