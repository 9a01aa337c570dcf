import { lax, type numpy as np } from "@jax-js/jax";
import { linear } from "./linear.ts";
import { type ParameterTree, weight } from "./parameter-tree.ts";

/** The exact GELU, x·Φ(x) with Φ from the error function (Hendrycks and Gimpel, arXiv 1606.08415). */
export function gelu(x: np.Array): np.Array {
  const phi = lax.erf(x.ref.mul(Math.SQRT1_2)).add(1).mul(0.5);
  return x.mul(phi);
}

/** w_out·(GELU(w_0 x) ⊙ (w_1 x)). Consumes `x_BND`, borrows the weights. */
export function feedforward(x_BND: np.Array, parameters: ParameterTree, prefix: string): np.Array {
  const gate_BNF = gelu(linear(x_BND.ref, weight(parameters, `${prefix}.w_in.w_0.weight`)));
  const value_BNF = linear(x_BND, weight(parameters, `${prefix}.w_in.w_1.weight`));
  return linear(gate_BNF.mul(value_BNF), weight(parameters, `${prefix}.w_out.weight`));
}
