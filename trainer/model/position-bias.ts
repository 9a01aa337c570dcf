import { numpy as np } from "@jax-js/jax";
import type { ForwardArrays } from "./batch-arrays.ts";
import type { ModelConfig } from "./config.ts";
import { type ParameterTree, weight } from "./parameter-tree.ts";
import { positionBucketTable } from "./position-bucket.ts";

/** Far below any score, yet finite: a row of nothing else still has a maximum to subtract. */
const MASKED_SCORE = -1e30;

/**
 * What is added to the attention scores of every layer, `[B, H, N(query), N(key)]`: the learned bias by
 * distance within one segment type or by the pair of segment types, and `MASKED_SCORE` where the mask
 * forbids. Both are the same in all layers, so they are joined once here and not in each layer. Borrows
 * its arguments.
 */
export function maskedPositionBias(
  parameters: ParameterTree,
  at: { config: ModelConfig; batch: ForwardArrays; mask_BNN: np.Array },
): np.Array {
  const { config, batch } = at;
  const [rows = 0, length = 0] = batch.segment.shape;
  const buckets = config.position_bias_num_buckets;
  const bucket_NN = np.array(
    positionBucketTable(length, buckets, config.position_bias_max_distance),
    { shape: [1, length, length], dtype: np.int32 },
  );
  const query_BN1 = () => batch.segment.ref.reshape([rows, length, 1]);
  const key_B1N = () => batch.segment.ref.reshape([rows, 1, length]);
  const pair_BNN = query_BN1().mul(config.segment_types).add(key_B1N()).add(buckets);
  const row_BNN = np.where(query_BN1().equal(key_B1N()), bucket_NN, pair_BNN);

  const table = weight(parameters, "position_bias.relative_attention_bias").ref;
  const bias_BNNH = np.take(table, row_BNN, 0);
  const allowed_BNN1 = at.mask_BNN.ref.reshape([rows, length, length, 1]);
  // The choice between bias and mask must stay before the transposition: jax-js cannot compile the
  // gradient of a gather whose result goes straight into a transposition (0.1.25).
  return np.where(allowed_BNN1, bias_BNNH, MASKED_SCORE).transpose([0, 3, 1, 2]);
}
