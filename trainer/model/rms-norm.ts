import { numpy as np } from "@jax-js/jax";

/**
 * Root-mean-square norm over the last axis: y = x / √(mean(x²) + eps) · w; no centring, no bias.
 * Consumes `x_BND`, borrows the weight.
 */
export function rmsNorm(x_BND: np.Array, weight_D: np.Array, eps: number): np.Array {
  const meanSquare_BN1 = np.mean(np.square(x_BND.ref), -1, { keepdims: true });
  const scale_BN1 = np.reciprocal(np.sqrt(meanSquare_BN1.add(eps)));
  return x_BND.mul(scale_BN1).mul(weight_D.ref);
}
