import { defaultDevice, numpy as np } from "@jax-js/jax";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { adamw, adamwScalars } from "./adamw.ts";
import { clipScale } from "./clip.ts";

beforeAll(() => {
  defaultDevice("cpu");
});

const options = { beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01 };
const number = fc.double({ min: -10, max: 10, noNaN: true }).map(Math.fround);

test("steps follow the formula of decoupled Adam", () => {
  fc.assert(
    fc.property(number, fc.array(number, { minLength: 1, maxLength: 4 }), (start, gradients) => {
      const optimizer = adamw(options);
      let parameters = [np.array([start])];
      let state = optimizer.init(parameters);
      let [p, m, v] = [start, 0, 0];
      for (const [index, gradient] of gradients.entries()) {
        const at = { learningRate: 0.1, step: index + 1 };
        const scalars = np.array(adamwScalars(options, at) as Float32Array<ArrayBuffer>);
        ({ parameters, state } = optimizer.update([np.array([gradient])], state, {
          parameters,
          scalars,
          scale: np.array(1),
        }));
        m = 0.9 * m + 0.1 * gradient;
        v = 0.999 * v + 0.001 * gradient ** 2;
        const [first, second] = [m / (1 - 0.9 ** at.step), v / (1 - 0.999 ** at.step)];
        p -= 0.1 * (first / (Math.sqrt(second) + 1e-8) + 0.01 * p);
      }
      const [result = Number.NaN] = (parameters[0] as np.Array).js() as number[];
      expect(Math.abs(result - p)).toBeLessThan(1e-4 * Math.max(1, Math.abs(p)));
    }),
    { numRuns: 30 },
  );
});

test("decay does not pass through the moments", () => {
  const optimizer = adamw(options);
  const parameters = [np.array([2])];
  const state = optimizer.init(parameters);
  const scalars = np.array(
    adamwScalars(options, { learningRate: 0.5, step: 1 }) as Float32Array<ArrayBuffer>,
  );
  const next = optimizer.update([np.array([0])], state, {
    parameters,
    scalars,
    scale: np.array(1),
  });
  expect((next.parameters[0] as np.Array).js()[0]).toBeCloseTo(2 - 0.5 * 0.01 * 2, 6);
  expect((next.state.first[0] as np.Array).js()).toEqual([0]);
});

test("gradients beyond the norm are scaled to it together, and the norm before is told", () => {
  const { scale, norm } = clipScale([np.array([3]), np.array([0, 4])], 1);
  expect(norm.js()).toBeCloseTo(5, 5);
  expect(scale.js()).toBeCloseTo(0.2, 5);
});

test("gradients within the norm are left as they are", () => {
  expect(clipScale([np.array([0.3]), np.array([0, -0.4])], 1).scale.js()).toBe(1);
});

test("a step with a scale is the step with scaled gradients", () => {
  const optimizer = adamw(options);
  const take = (gradient: number, scale: number): unknown[] => {
    const scalars = np.array(
      adamwScalars(options, { learningRate: 0.1, step: 3 }) as Float32Array<ArrayBuffer>,
    );
    const state = { first: [np.array([0.5])], second: [np.array([0.25])] };
    const at = { parameters: [np.array([2])], scalars, scale: np.array(scale) };
    const next = optimizer.update([np.array([gradient])], state, at);
    return [next.parameters, next.state.first, next.state.second].map(([array]) => array?.js());
  };
  const [scaled, given] = [take(4, 0.25), take(1, 1)];
  expect(scaled).toEqual(given);
});

test.each([
  [{ learningRate: 0.1, step: 0 }],
  [{ learningRate: Number.NaN, step: 1 }],
  [{ learningRate: 0.1, step: 1.5 }],
])("%o is refused, since it would make every parameter infinite", (at) => {
  expect(() => adamwScalars(options, at)).toThrow("count successful steps from 1");
});
