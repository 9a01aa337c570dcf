import { numpy as np } from "@jax-js/jax";
import type { ForwardArrays } from "./batch-arrays.ts";

/**
 * Who may look at whom, bool `[B, N(query), N(key)]`: within one packed sample and the valid length, a
 * given token (context) is seen by all; a token to be predicted is seen only by itself and by later
 * tokens to be predicted. So given tokens attend in both directions among themselves, and predicted
 * tokens are causal. Borrows its argument.
 */
export function attentionMask(batch: ForwardArrays): np.Array {
  const [rows = 0, length = 0] = batch.context.shape;
  const asQuery = (array: np.Array) => array.ref.reshape([rows, length, 1]);
  const asKey = (array: np.Array) => array.ref.reshape([rows, 1, length]);
  const index = () => np.arange(length).astype(np.int32);

  const causal_NN = np.lessEqual(index().reshape([1, length]), index().reshape([length, 1]));
  const bothPredicted_BNN = np.logicalAnd(
    asQuery(batch.context).equal(0),
    causal_NN.reshape([1, length, length]),
  );
  const visible_BNN = np.logicalOr(asKey(batch.context).equal(1), bothPredicted_BNN);
  const sameSample_BNN = asQuery(batch.span).equal(asKey(batch.span));
  const valid_BN = () =>
    index()
      .reshape([1, length])
      .less(batch.lengths.ref.reshape([rows, 1]));
  const bothValid_BNN = np.logicalAnd(
    valid_BN().reshape([rows, length, 1]),
    valid_BN().reshape([rows, 1, length]),
  );
  return np.logicalAnd(np.logicalAnd(visible_BNN, sameSample_BNN), bothValid_BNN);
}
