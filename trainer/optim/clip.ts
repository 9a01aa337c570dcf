import { numpy as np } from "@jax-js/jax";

/** Keeps the division finite when all gradients are zero. */
const NORM_EPS = 1e-6;

/**
 * The factor min(1, maxNorm / (norm + 1e-6)) by which all gradients are to be scaled, where norm is the L2 norm of all
 * of them together, and the norm itself; both scalars. The optimizer multiplies the factor into constants that it
 * needs anyway, which spares a pass over all gradients. Borrows the gradients.
 */
export function clipScale(
  gradients: np.Array[],
  maxNorm: number,
): { scale: np.Array; norm: np.Array } {
  const squares = gradients.map((gradient) => np.sum(np.square(gradient.ref)));
  const norm = np.sqrt(squares.reduce((total, square) => total.add(square)));
  const scale = np.minimum(np.reciprocal(norm.ref.add(NORM_EPS)).mul(maxNorm), 1);
  return { scale, norm };
}
