import type { Batch } from "./batch.ts";
import type { ModelConfig } from "./config.ts";

/** What answers "which token comes next?" for a text that grows at its end, in one or more rows. */
export type Decoder = {
  /** Positions that a row can hold, prompt included. */
  length: number;
  rows: number;
  /** Takes a text of one row, all given; returns the logits `[V]` of what follows its last valid position. */
  begin(batch: Batch): Promise<Float32Array>;
  /**
   * Adds one token to each row, as one that was predicted, and returns the logits `[rows * V]` of what follows. Row r
   * goes on from what row `from[r]` held before; right after `begin` every row holds the given text.
   */
  extend(tokens: number[], from: number[]): Promise<Float32Array>;
};

type Forward = { length: number; logits(batch: Batch): Promise<Float32Array> };

/**
 * A decoder that runs the whole forward pass for every token: slow, and the measure for the one with a cache. A new
 * token sees the text and the new tokens before it, and no earlier position sees it.
 */
export function recomputingDecoder(session: Forward, config: ModelConfig, rows = 1): Decoder {
  let texts: Batch[] = [];
  const last = async (batch: Batch): Promise<Float32Array> => {
    const at = (batch.lengths[0] ?? 1) - 1;
    const all = await session.logits(batch);
    return all.slice(at * config.vocab_size, (at + 1) * config.vocab_size);
  };
  return {
    length: session.length,
    rows,
    begin(batch) {
      texts = Array.from({ length: rows }, () => batch);
      return last(batch);
    },
    async extend(tokens, from) {
      texts = tokens.map((token, row) => append(texts[from[row] ?? 0], token));
      const logits = new Float32Array(rows * config.vocab_size);
      for (const [row, batch] of texts.entries()) {
        logits.set(await last(batch), row * config.vocab_size);
      }
      return logits;
    },
  };
}

function append(batch: Batch | undefined, token: number): Batch {
  if (batch === undefined) {
    throw new RangeError("There is no text to go on from: call begin first.");
  }
  const at = batch.lengths[0] ?? 0;
  const { input, context, segment, lengths } = batch;
  return {
    ...batch,
    input: input.with(at, token),
    context: context.with(at, 0),
    segment: segment.with(at, segment[at - 1] ?? 0),
    lengths: lengths.with(0, at + 1),
  };
}
