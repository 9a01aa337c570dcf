import type { ModelConfig } from "../model/config.ts";

/** A backward pass multiplies each matrix twice where the forward pass does once. */
const TRAINING = 3;

/**
 * Floating-point operations of the matrix products for one training step: `tokens` positions that carry a token in rows
 * of `length`, and `targets` of them with a prediction. A multiplication and an addition are two operations; norms,
 * softmax and the optimizer are left out, as is usual for the model's FLOP utilisation (PaLM, arXiv 2204.02311).
 */
export function stepFlops(
  config: ModelConfig,
  at: { tokens: number; targets: number; length: number },
): number {
  const { dim_model: d, dim_ff: f, vocab_size: vocabulary } = config;
  const inner = config.num_heads * config.dim_head;
  let perToken = 0;
  for (let layer = 0; layer < config.num_layers; layer++) {
    const [skipAttention, skipFeedforward] = config.mask_modules?.[layer] ?? [false, false];
    perToken += skipAttention ? 0 : 2 * 4 * d * inner + 2 * 2 * at.length * inner;
    perToken += skipFeedforward ? 0 : 2 * 3 * d * f;
  }
  return TRAINING * (at.tokens * perToken + at.targets * 2 * d * vocabulary);
}
