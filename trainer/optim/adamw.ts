import { numpy as np } from "@jax-js/jax";

export type AdamWOptions = { beta1: number; beta2: number; eps: number; weightDecay: number };
export type AdamWState = { first: np.Array[]; second: np.Array[] };

/** Index of each number in the array of `adamwScalars`. */
const STEP_SIZE = 0;
const SMALLEST_ROOT = 1;
const KEPT = 2;

/**
 * What changes from step to step, as the one small array that the compiled step takes: were they
 * constants, each step would compile anew. `step` counts successful steps from 1.
 *
 * With the corrections a = 1/(1 − β₁ᵗ) and r² = 1/(1 − β₂ᵗ), lr·a·m/(√(r²·v) + eps) is (lr·a/r)·m/(√v + eps/r): the
 * corrections need no pass over the moments. The numbers are lr·a/r, eps/r and 1 − lr·decay.
 */
export function adamwScalars(
  options: AdamWOptions,
  at: { learningRate: number; step: number },
): Float32Array {
  if (!(Number.isInteger(at.step) && at.step >= 1) || !Number.isFinite(at.learningRate)) {
    throw new RangeError(
      `AdamW got step ${at.step} and learning rate ${at.learningRate}: count successful steps from 1 and pass a finite rate.`,
    );
  }
  const first = 1 / (1 - options.beta1 ** at.step);
  const root = Math.sqrt(1 / (1 - options.beta2 ** at.step));
  return Float32Array.of(
    (at.learningRate * first) / root,
    options.eps / root,
    1 - at.learningRate * options.weightDecay,
  );
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101):
 * p ← p − lr·(m̂/(√v̂ + eps) + decay·p), the same decay on every parameter.
 */
export function adamw(options: AdamWOptions) {
  const { beta1, beta2 } = options;
  return {
    /** Zero moments. Borrows the parameters. */
    init(parameters: np.Array[]): AdamWState {
      const zeros = () => parameters.map((parameter) => np.zeros(parameter.shape));
      return { first: zeros(), second: zeros() };
    },

    /**
     * One step with gradients that are still to be scaled by `scale`; `scalars` is the array made by `adamwScalars`.
     * Consumes all its arguments.
     */
    update(
      gradients: np.Array[],
      state: AdamWState,
      at: { parameters: np.Array[]; scalars: np.Array; scale: np.Array },
    ): { parameters: np.Array[]; state: AdamWState } {
      const scalar = (index: number): np.Array => at.scalars.ref.slice(index);
      const firstShare = () => at.scale.ref.mul(1 - beta1);
      const secondShare = () => np.square(at.scale.ref).mul(1 - beta2);
      const parameters: np.Array[] = [];
      const first: np.Array[] = [];
      const second: np.Array[] = [];
      for (const [i, gradient] of gradients.entries()) {
        const m = pick(state.first, i).mul(beta1).add(gradient.ref.mul(firstShare()));
        const v = pick(state.second, i).mul(beta2).add(np.square(gradient).mul(secondShare()));
        const root = np.sqrt(v.ref).add(scalar(SMALLEST_ROOT));
        const change = m.ref.div(root).mul(scalar(STEP_SIZE));
        parameters.push(pick(at.parameters, i).mul(scalar(KEPT)).sub(change));
        first.push(m);
        second.push(v);
      }
      at.scalars.dispose();
      at.scale.dispose();
      return { parameters, state: { first, second } };
    },
  };
}

function pick(arrays: np.Array[], index: number): np.Array {
  const array = arrays[index];
  if (array === undefined) {
    throw new RangeError(
      `There are more gradients than parameters or moments (index ${index}): pass lists of equal length.`,
    );
  }
  return array;
}
