import { numpy as np } from "@jax-js/jax";

/**
 * y = x·Wᵀ/√in for W `[out, in]`, without bias. The division is applied to the weight, which has fewer
 * elements than the activations. Consumes `x_BNI`, borrows the weight.
 */
export function linear(x_BNI: np.Array, weight_OI: np.Array): np.Array {
  const inputs = x_BNI.shape.at(-1) ?? 1;
  const scaled_OI = weight_OI.ref.mul(1 / Math.sqrt(inputs));
  return np.matmul(x_BNI, np.transpose(scaled_OI));
}
