import { lax, numpy as np } from "@jax-js/jax";
import type { ModelConfig } from "./config.ts";
import { linear } from "./linear.ts";
import { type ParameterTree, weight } from "./parameter-tree.ts";

/** What all layers share: the biases with the mask in them, and which queries may see anything. */
export type AttentionContext = {
  /** `[B, H, N, N]` */
  bias_BHNN: np.Array;
  /** bool `[B, 1, N, 1]` */
  seesAny_B1N1: np.Array;
  /** Given the keys and values `[B, H, N, K]` of each attention sub-block in turn, to keep. */
  keep?: (k_BHNK: np.Array, v_BHNK: np.Array) => void;
};

/**
 * Multi-head attention with q·k/√h + bias as score. The softmax is divided out after the product with v,
 * where there are N/h times fewer elements; a query that may see nothing gets weights 0, not NaN.
 * Consumes `x_BND`, borrows the rest.
 */
export function attention(
  x_BND: np.Array,
  parameters: ParameterTree,
  at: { prefix: string; config: ModelConfig; context: AttentionContext },
): np.Array {
  const { num_heads: heads, dim_head: dim } = at.config;
  const [rows = 0, length = 0] = x_BND.shape;
  const project = (name: string): np.Array =>
    linear(x_BND.ref, weight(parameters, `${at.prefix}.${name}.weight`))
      .reshape([rows, length, heads, dim])
      .transpose([0, 2, 1, 3]);

  const q_BHNK = project("project_q").mul(1 / Math.sqrt(dim));
  const k_BHNK = project("project_k");
  const v_BHNK = project("project_v");
  at.context.keep?.(k_BHNK.ref, v_BHNK.ref);
  const k_BHKN = k_BHNK.transpose([0, 1, 3, 2]);
  x_BND.dispose();

  const score_BHNN = np.matmul(q_BHNK, k_BHKN).add(at.context.bias_BHNN.ref);
  const highest_BHN1 = lax.stopGradient(np.max(score_BHNN.ref, -1, { keepdims: true }));
  const weight_BHNN = np.exp(score_BHNN.sub(highest_BHN1));
  const total_BHN1 = np.sum(weight_BHNN.ref, -1, { keepdims: true });
  const share_BHN1 = np.where(at.context.seesAny_B1N1.ref, np.reciprocal(total_BHN1), 0);
  const mixed_BHNK = np.matmul(weight_BHNN, v_BHNK).mul(share_BHN1);

  const joined_BND = mixed_BHNK.transpose([0, 2, 1, 3]).reshape([rows, length, heads * dim]);
  return linear(joined_BND, weight(parameters, `${at.prefix}.attention_out.weight`));
}
