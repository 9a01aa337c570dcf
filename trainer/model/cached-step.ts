import { numpy as np } from "@jax-js/jax";
import type { ModelConfig } from "./config.ts";
import { feedforward } from "./feedforward.ts";
import { linear } from "./linear.ts";
import { type ParameterTree, weight } from "./parameter-tree.ts";
import { rmsNorm } from "./rms-norm.ts";

/** Each residual sum is divided by this, as in `block`. */
const RESIDUAL_DIVISOR = 1.05;

/** Keys and values of every position so far, of one attention sub-block: `[B, H, N, K]` each. */
export type Cache = { k_BHNK: np.Array; v_BHNK: np.Array };

/** One new token in each row, all at the same position. */
export type CachedInput = {
  /** int32 `[B]`: the tokens and their segment types. */
  token_B: np.Array;
  segment_B: np.Array;
  /** int32 `[B]`: the row whose text each row goes on from. */
  from_B: np.Array;
  /** int32 `[1]`: the new token's position. */
  position: np.Array;
  /** int32 `[N]`: rows of the position table for the new token against each position. */
  biasRow_N: np.Array;
};

/**
 * The forward pass of one token on top of the cached keys and values of all tokens before it; it attends to them and to
 * itself, which is what the mask allows a predicted token at the end. Returns the logits `[B, V]` and the caches with
 * the token in them. Consumes the caches, borrows the rest.
 */
export function cachedStep(
  parameters: ParameterTree,
  at: { config: ModelConfig; input: CachedInput; caches: Cache[] },
): { logits_BV: np.Array; caches: Cache[] } {
  const { config, input } = at;
  const rows = input.token_B.shape[0] ?? 0;
  const width = config.dim_model;
  const table = weight(parameters, "input_embedding.weight");
  const segments = weight(parameters, "segment_embedding.weight");
  const bias_1H1N = biasOf(parameters, input);
  let x_B1D = np
    .take(table.ref, input.token_B.ref, 0)
    .add(np.take(segments.ref, input.segment_B.ref, 0))
    .mul(1 / Math.sqrt(width))
    .reshape([rows, 1, width]);
  const caches: Cache[] = [];
  for (let layer = 0; layer < config.num_layers; layer++) {
    const [skipAttention, skipFeedforward] = config.mask_modules?.[layer] ?? [false, false];
    const prefix = `encoder.layers.${layer}`;
    const cache = at.caches[caches.length];
    if (!skipAttention && cache !== undefined) {
      const norm = weight(parameters, `${prefix}.self_att.layernorm_before_attention.weight`);
      const { change, next } = attendCached(rmsNorm(x_B1D.ref, norm, config.eps), parameters, {
        prefix: `${prefix}.self_att.self_attention`,
        config,
        input,
        cache,
        bias_1H1N,
      });
      caches.push(next);
      x_B1D = x_B1D.add(change).mul(1 / RESIDUAL_DIVISOR);
    }
    if (!skipFeedforward) {
      const norm = weight(parameters, `${prefix}.ffn.layernorm_before_ffn.weight`);
      const inner = rmsNorm(x_B1D.ref, norm, config.eps);
      x_B1D = x_B1D
        .add(feedforward(inner, parameters, `${prefix}.ffn.ffn`))
        .mul(1 / RESIDUAL_DIVISOR);
    }
  }
  bias_1H1N.dispose();
  const norm = weight(parameters, "encoder.output_layernorm.weight");
  const state_BD = rmsNorm(x_B1D, norm, config.eps)
    .mul(1 / Math.sqrt(width))
    .reshape([rows, width]);
  return { logits_BV: np.matmul(state_BD, np.transpose(table.ref)), caches };
}

const MASKED_SCORE = -1e30;

/** Bias of the new token's scores, with the positions after it forbidden. */
function biasOf(parameters: ParameterTree, input: CachedInput): np.Array {
  const [length = 0] = input.biasRow_N.shape;
  const table = weight(parameters, "position_bias.relative_attention_bias");
  const heads = table.shape[1] ?? 0;
  const bias_NH = np.take(table.ref, input.biasRow_N.ref, 0);
  const visible_N1 = positions(length).lessEqual(input.position.ref).reshape([length, 1]);
  return np
    .where(visible_N1, bias_NH, MASKED_SCORE)
    .transpose([1, 0])
    .reshape([1, heads, 1, length]);
}

function positions(length: number): np.Array {
  return np.arange(length).astype(np.int32);
}

function attendCached(
  x_B1D: np.Array,
  parameters: ParameterTree,
  at: {
    prefix: string;
    config: ModelConfig;
    input: CachedInput;
    cache: Cache;
    bias_1H1N: np.Array;
  },
): { change: np.Array; next: Cache } {
  const { num_heads: heads, dim_head: dim } = at.config;
  const rows = x_B1D.shape[0] ?? 0;
  const length = at.cache.k_BHNK.shape[2] ?? 0;
  const project_BH1K = (name: string): np.Array =>
    linear(x_B1D.ref, weight(parameters, `${at.prefix}.${name}.weight`))
      .reshape([rows, 1, heads, dim])
      .transpose([0, 2, 1, 3]);
  const put = (cache_BHNK: np.Array, new_BH1K: np.Array): np.Array => {
    const here_11N1 = positions(length).equal(at.input.position.ref).reshape([1, 1, length, 1]);
    return np.where(here_11N1, new_BH1K, np.take(cache_BHNK, at.input.from_B.ref, 0));
  };
  const q_BH1K = project_BH1K("project_q").mul(1 / Math.sqrt(dim));
  const k_BHNK = put(at.cache.k_BHNK, project_BH1K("project_k"));
  const v_BHNK = put(at.cache.v_BHNK, project_BH1K("project_v"));
  x_B1D.dispose();
  const score_BH1N = np.matmul(q_BH1K, k_BHNK.ref.transpose([0, 1, 3, 2])).add(at.bias_1H1N.ref);
  const weight_BH1N = np.exp(score_BH1N.ref.sub(np.max(score_BH1N, -1, { keepdims: true })));
  const total_BH11 = np.sum(weight_BH1N.ref, -1, { keepdims: true });
  const mixed_BH1K = np.matmul(weight_BH1N, v_BHNK.ref).mul(np.reciprocal(total_BH11));
  const joined = mixed_BH1K.transpose([0, 2, 1, 3]).reshape([rows, 1, heads * dim]);
  const change = linear(joined, weight(parameters, `${at.prefix}.attention_out.weight`));
  return { change, next: { k_BHNK, v_BHNK } };
}
