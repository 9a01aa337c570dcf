import type { numpy as np } from "@jax-js/jax";
import { type AttentionContext, attention } from "./attention.ts";
import type { ModelConfig } from "./config.ts";
import { feedforward } from "./feedforward.ts";
import { type ParameterTree, weight } from "./parameter-tree.ts";
import { rmsNorm } from "./rms-norm.ts";

/** Each residual sum is divided by this, so that the stream does not grow with depth. */
const RESIDUAL_DIVISOR = 1.05;

/**
 * One layer: x ← (x + Attn(norm x))/1.05, then x ← (x + FFN(norm x))/1.05. A sub-block skipped by
 * `mask_modules` does nothing at all, also no division. Consumes `x_BND`, borrows the rest.
 */
export function block(
  x_BND: np.Array,
  parameters: ParameterTree,
  at: { layer: number; config: ModelConfig; context: AttentionContext },
): np.Array {
  const { config, context, layer } = at;
  const [skipAttention, skipFeedforward] = config.mask_modules?.[layer] ?? [false, false];
  const prefix = `encoder.layers.${layer}`;
  let x = x_BND;
  if (!skipAttention) {
    const norm = weight(parameters, `${prefix}.self_att.layernorm_before_attention.weight`);
    const inner = rmsNorm(x.ref, norm, config.eps);
    const change = attention(inner, parameters, {
      prefix: `${prefix}.self_att.self_attention`,
      config,
      context,
    });
    x = x.add(change).mul(1 / RESIDUAL_DIVISOR);
  }
  if (!skipFeedforward) {
    const norm = weight(parameters, `${prefix}.ffn.layernorm_before_ffn.weight`);
    const change = feedforward(rmsNorm(x.ref, norm, config.eps), parameters, `${prefix}.ffn.ffn`);
    x = x.add(change).mul(1 / RESIDUAL_DIVISOR);
  }
  return x;
}
