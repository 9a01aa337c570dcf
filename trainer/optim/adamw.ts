import { numpy as np } from "@jax-js/jax";

export type AdamWOptions = { beta1: number; beta2: number; eps: number; weightDecay: number };
export type AdamWState = { first: np.Array[]; second: np.Array[] };

/** Index of each number in the array of `adamwScalars`. */
const LEARNING_RATE = 0;
const FIRST_CORRECTION = 1;
const SECOND_CORRECTION = 2;

/**
 * What changes from step to step, as the one small array that the compiled step takes: were they
 * constants, each step would compile anew. `step` counts successful steps from 1.
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
  const correction = (beta: number): number => 1 / (1 - beta ** at.step);
  return Float32Array.of(at.learningRate, correction(options.beta1), correction(options.beta2));
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101):
 * p ← p − lr·(m̂/(√v̂ + eps) + decay·p), the same decay on every parameter.
 */
export function adamw(options: AdamWOptions) {
  const { beta1, beta2, eps, weightDecay } = options;
  return {
    /** Zero moments. Borrows the parameters. */
    init(parameters: np.Array[]): AdamWState {
      const zeros = () => parameters.map((parameter) => np.zeros(parameter.shape));
      return { first: zeros(), second: zeros() };
    },

    /** One step; `scalars` is the array made by `adamwScalars`. Consumes all its arguments. */
    update(
      gradients: np.Array[],
      state: AdamWState,
      at: { parameters: np.Array[]; scalars: np.Array },
    ): { parameters: np.Array[]; state: AdamWState } {
      const scalar = (index: number): np.Array => at.scalars.ref.slice(index);
      const parameters: np.Array[] = [];
      const first: np.Array[] = [];
      const second: np.Array[] = [];
      for (const [i, gradient] of gradients.entries()) {
        const m = blend(pick(state.first, i), gradient.ref, beta1);
        const v = blend(pick(state.second, i), np.square(gradient), beta2);
        const denominator = np.sqrt(v.ref.mul(scalar(SECOND_CORRECTION))).add(eps);
        const direction = m.ref.mul(scalar(FIRST_CORRECTION)).div(denominator);
        const parameter = pick(at.parameters, i);
        const change = direction.add(parameter.ref.mul(weightDecay));
        parameters.push(parameter.sub(change.mul(scalar(LEARNING_RATE))));
        first.push(m);
        second.push(v);
      }
      at.scalars.dispose();
      return { parameters, state: { first, second } };
    },
  };
}

/** The exponential moving average: decay·average + (1 − decay)·value. */
function blend(average: np.Array, value: np.Array, decay: number): np.Array {
  return average.mul(decay).add(value.mul(1 - decay));
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
