import { numpy as np } from "@jax-js/jax";

/** Keeps the division finite when all gradients are zero. */
const NORM_EPS = 1e-6;

/**
 * Scales all gradients by min(1, maxNorm / (norm + 1e-6)), where norm is the L2 norm of all of them
 * together. Consumes the gradients; returns the scaled ones and the norm before clipping, a scalar.
 */
export function clipByGlobalNorm(
  gradients: np.Array[],
  maxNorm: number,
): { gradients: np.Array[]; norm: np.Array } {
  const squares = gradients.map((gradient) => np.sum(np.square(gradient.ref)));
  const norm = np.sqrt(squares.reduce((total, square) => total.add(square)));
  const scale = np.minimum(np.reciprocal(norm.ref.add(NORM_EPS)).mul(maxNorm), 1);
  const clipped = gradients.map((gradient) => gradient.mul(scale.ref));
  scale.dispose();
  return { gradients: clipped, norm };
}
