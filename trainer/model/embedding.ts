import { numpy as np } from "@jax-js/jax";
import type { ForwardArrays } from "./batch-arrays.ts";
import { type ParameterTree, weight } from "./parameter-tree.ts";

/**
 * x₀ `[B, N, D]`: the token's or the prompt's embedding plus the segment's, each divided by √d. Whether a
 * position is a prompt is told by the mask, so that every sample of a packed row has its own prompt (the
 * published forward pass embeds only the first P positions of a row as prompt). Borrows its arguments.
 */
export function embed(parameters: ParameterTree, batch: ForwardArrays): np.Array {
  const prompt_BN = () => batch.isPrompt.ref.equal(1);
  const tokens_BND = np.take(
    weight(parameters, "input_embedding.weight").ref,
    np.where(prompt_BN(), 0, batch.input.ref),
    0,
  );
  const prompts_BND = np.take(
    weight(parameters, "prompt_embedding.weight").ref,
    np.where(prompt_BN(), batch.input.ref, 0),
    0,
  );
  const segments_BND = np.take(
    weight(parameters, "segment_embedding.weight").ref,
    batch.segment.ref,
    0,
  );
  const [rows = 0, length = 0, width = 1] = tokens_BND.shape;
  const text_BND = np.where(prompt_BN().reshape([rows, length, 1]), prompts_BND, tokens_BND);
  return text_BND.add(segments_BND).mul(1 / Math.sqrt(width));
}
