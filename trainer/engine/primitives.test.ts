import { lax, numpy as np } from "@jax-js/jax";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { TracedFunction } from "./jaxpr.ts";
import { type Argument, runOnBoth } from "./run-on-both.ts";

type Case = { fn: TracedFunction; args: Argument[] };

const dims = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength, maxLength });

function floats(shape: number[], seed: number): Argument {
  const values = Float32Array.from({ length: size(shape) }, (_, i) => Math.sin(seed + 1.7 * i) * 2);
  return { values, shape };
}

function positive(shape: number[], seed: number): Argument {
  const { values } = floats(shape, seed);
  return { values: values.map((value) => Math.abs(value) + 0.1), shape };
}

function integers(shape: number[], seed: number, limit = 5): Argument {
  const values = Int32Array.from({ length: size(shape) }, (_, i) => (seed + 7 * i) % limit);
  return { values, shape };
}

function size(shape: number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

async function expectSame({ fn, args }: Case, tolerance: number): Promise<void> {
  const { onnx, wasm } = await runOnBoth(fn, args);
  expect(onnx.length).toBe(wasm.length);
  for (const [index, values] of wasm.entries()) {
    expect(onnx[index]?.length).toBe(values.length);
    const scale = Math.max(1, ...values.map(Math.abs));
    const worst = Math.max(
      0,
      ...values.map((v, i) => Math.abs(v - (onnx[index]?.[i] ?? Number.NaN))),
    );
    expect(worst / scale).toBeLessThan(tolerance);
  }
}

/** Random cases for both executors; few, since each compiles two programs. */
function agree(name: string, cases: fc.Arbitrary<Case>, tolerance = 1e-5): void {
  test(`${name} gives on ONNX what it gives on wasm`, async () => {
    await fc.assert(
      fc.asyncProperty(cases, (sample) => expectSame(sample, tolerance)),
      { numRuns: 12 },
    );
  });
}

type Unary = (x: np.Array) => np.Array;
type Binary = (x: np.Array, y: np.Array) => np.Array;

/** Two shapes that broadcast: of the larger one some axes are 1 and some leading ones missing. */
const broadcastable = fc
  .tuple(dims(0, 4), fc.infiniteStream(fc.boolean()), fc.nat(4), fc.boolean())
  .map(([shape, ones, missing, swap]) => {
    const smaller = shape.map((dim) => (ones.next().value ? 1 : dim)).slice(missing);
    return swap ? [smaller, shape] : [shape, smaller];
  });

function unary(
  name: string,
  fn: Unary,
  options: { make?: (shape: number[], seed: number) => Argument; tolerance?: number } = {},
): void {
  const make = options.make ?? floats;
  agree(
    name,
    fc.tuple(dims(0, 4), fc.nat(99)).map(([shape, seed]) => ({
      fn: (x) => [fn(x as np.Array)],
      args: [make(shape, seed)],
    })),
    options.tolerance,
  );
}

function binary(
  name: string,
  fn: Binary,
  make: (shape: number[], seed: number) => Argument = floats,
): void {
  agree(
    name,
    fc.tuple(broadcastable, fc.nat(99)).map(([[a = [], b = []], seed]) => ({
      fn: (x, y) => [fn(x as np.Array, y as np.Array)],
      args: [make(a, seed), make(b, seed + 1)],
    })),
  );
}

const flag = (condition: np.Array): np.Array => np.where(condition, 1, 0);

unary("neg", (x) => np.negative(x));
unary("reciprocal", (x) => np.reciprocal(x), { make: positive });
unary("sqrt", (x) => np.sqrt(x), { make: positive });
unary("exp", (x) => np.exp(x));
// The wasm backend approximates the logarithm to 1.3e-5.
unary("log", (x) => np.log(x), { make: positive, tolerance: 5e-5 });
unary("erf", (x) => lax.erf(x));
unary("erfc", (x) => lax.erfc(x));
unary("stop_gradient", (x) => lax.stopGradient(x).mul(2));
unary("cast", (x) => x.astype(np.float32).mul(0.5), { make: integers });
unary("cast to bool", (x) => flag(x.astype(np.bool)), { make: integers });
binary("add", (x, y) => x.add(y));
binary("add of integers", (x, y) => x.add(y), integers);
binary("subtraction", (x, y) => x.sub(y));
binary("subtraction from the left", (x, y) => np.negative(x).add(y));
binary("mul", (x, y) => x.mul(y));
binary("division", (x, y) => x.div(y), positive);
binary("min", (x, y) => np.minimum(x, y));
binary("max", (x, y) => np.maximum(x, y));
binary("less", (x, y) => flag(x.less(y)));
binary("less_equal", (x, y) => flag(x.lessEqual(y)), integers);
binary("equal", (x, y) => flag(x.equal(y)), integers);
binary("not_equal", (x, y) => flag(x.notEqual(y)), integers);
binary("mul and add of flags", (x, y) => {
  const both = np.logicalAnd(x.ref.less(0), y.ref.less(0));
  return flag(np.logicalOr(both, x.less(y)));
});
binary("where", (x, y) => np.where(x.ref.less(0), x, y));
binary("where with literals", (x, y) => np.where(x.less(y), 0.5, -2));

const permuted = dims(1, 4).chain((shape) =>
  fc.tuple(
    fc.constant(shape),
    fc.shuffledSubarray(
      shape.map((_, axis) => axis),
      { minLength: shape.length },
    ),
    fc.nat(99),
  ),
);

agree(
  "transpose",
  permuted.map(([shape, permutation, seed]) => ({
    fn: (x) => [(x as np.Array).transpose(permutation)],
    args: [floats(shape, seed)],
  })),
);

agree(
  "mixed layouts under one operator",
  permuted.map(([shape, permutation, seed]) => {
    const to = permutation.map((axis) => shape[axis] ?? 1);
    return {
      fn: (x, y) => {
        const turned = (x as np.Array).transpose(permutation);
        return [
          np
            .exp(turned.ref)
            .add(y as np.Array)
            .mul(turned),
        ];
      },
      args: [floats(shape, seed), floats(to, seed + 1)],
    };
  }),
);

agree(
  "reshape after transpose and broadcast",
  fc
    .tuple(permuted, fc.integer({ min: 1, max: 3 }), fc.boolean())
    .map(([[shape, permutation, seed], times, merge]) => ({
      fn: (x) => {
        const turned = (x as np.Array).transpose(permutation);
        const repeated = np.broadcastTo(turned, [times, ...turned.shape]);
        const [first = 1, second = 1, ...rest] = repeated.shape;
        const target = merge ? [first * second, ...rest] : [1, first, 1, second * size(rest)];
        return [repeated.reshape(target).mul(2)];
      },
      args: [floats(shape, seed)],
    })),
);

agree(
  "broadcast",
  fc.tuple(broadcastable, fc.nat(99)).map(([[a = [], b = []], seed]) => {
    const [large, small] = a.length > b.length || size(a) > size(b) ? [a, b] : [b, a];
    return { fn: (x) => [np.broadcastTo(x as np.Array, large)], args: [floats(small, seed)] };
  }),
);

agree(
  "shrink",
  fc.tuple(dims(1, 3), fc.nat(3), fc.nat(3), fc.nat(99)).map(([shape, from, more, seed]) => ({
    fn: (x) => {
      const slices = shape.map((dim): [number, number] => {
        const begin = Math.min(from, dim - 1);
        return [begin, Math.min(dim, begin + 1 + more)];
      });
      return [
        (x as np.Array)
          .transpose()
          .slice(...slices.toReversed())
          .mul(3),
      ];
    },
    args: [floats(shape, seed)],
  })),
);

for (const [name, reduce] of [
  ["sum", np.sum],
  ["max", np.max],
  ["min", np.min],
] as const) {
  agree(
    `reduce by ${name}, also of a transposed and repeated value,`,
    fc
      .tuple(permuted, fc.infiniteStream(fc.boolean()))
      .map(([[shape, permutation, seed], pick]) => {
        const picks = [...permutation, -1].map(() => pick.next().value);
        return {
          fn: (x) => {
            const turned = (x as np.Array).transpose(permutation);
            const repeated = np.broadcastTo(turned, [3, ...turned.shape]);
            const axes = repeated.shape.map((_, axis) => axis).filter((axis) => picks[axis]);
            return axes.length === 0 ? [repeated.mul(1.5)] : [reduce(repeated, axes)];
          },
          args: [floats(shape, seed)],
        };
      }),
  );
}

agree(
  "gather and its gradient, scatter,",
  fc
    .tuple(fc.integer({ min: 1, max: 5 }), dims(0, 2), dims(0, 2), fc.nat(99))
    .map(([rows, rest, index, seed]) => ({
      fn: (table, at, factor) => {
        const taken = np.take((table as np.Array).mul(2), at as np.Array, 0);
        return [taken.mul(factor as np.Array)];
      },
      args: [
        floats([rows, ...rest], seed),
        integers(index, seed, rows),
        floats([...index, ...rest], seed + 1),
      ],
    })),
);

agree(
  "dot of two matrices, each stored either way,",
  fc
    .tuple(dims(3, 3), dims(0, 2), fc.boolean(), fc.boolean(), fc.nat(99))
    .map(([[m = 1, k = 1, n = 1], batch, turnLeft, turnRight, seed]) => ({
      fn: (x, y) => {
        const turn = (array: np.Array) => np.swapaxes(array, -1, -2);
        const left = turnLeft ? turn(x as np.Array) : (x as np.Array);
        const right = turnRight ? turn(y as np.Array) : (y as np.Array);
        return [np.matmul(left, right)];
      },
      args: [
        floats([...batch, ...(turnLeft ? [k, m] : [m, k])], seed),
        floats([...batch, ...(turnRight ? [n, k] : [k, n])], seed + 1),
      ],
    })),
);

agree(
  "dot of a batch with one matrix, of vectors, and of broadcast operands",
  fc.tuple(dims(4, 4), fc.nat(2), fc.nat(99)).map(([[a = 1, b = 1, m = 1, k = 1], form, seed]) => {
    const forms: [number[], number[]][] = [
      [
        [a, b, m, k],
        [k, 3],
      ],
      [
        [a, 1, m, k],
        [1, b, k, 2],
      ],
      [[a, k], [k]],
    ];
    const [left, right] = forms[form] ?? [[k], [k]];
    return {
      fn: (x, y) => [np.matmul(x as np.Array, y as np.Array)],
      args: [floats(left, seed), floats(right, seed + 1)],
    };
  }),
);

test("a primitive without translation is an error that names it", async () => {
  const fn: TracedFunction = (x) => [np.sin(x as np.Array)];
  await expect(runOnBoth(fn, [floats([2], 1)])).rejects.toThrow('primitive "sin"');
});

test("an unsupported form of a primitive is an error that names both", async () => {
  const fn: TracedFunction = (x) => [np.prod(x as np.Array)];
  await expect(runOnBoth(fn, [floats([2], 1)])).rejects.toThrow('reduction "Mul"');
});

test("outputs may be inputs, constants and one another", async () => {
  const fn: TracedFunction = (x) => {
    const doubled = (x as np.Array).ref.mul(2);
    return [x as np.Array, doubled.ref, doubled, np.array([7, 8, 9]).ref, np.zeros([2, 2])];
  };
  const { onnx } = await runOnBoth(fn, [floats([2], 0)]);
  expect(onnx[1]).toEqual(onnx[2]);
  expect(onnx.slice(3)).toEqual([
    [7, 8, 9],
    [0, 0, 0, 0],
  ]);
});
