// How much a metric changed at a step, apart from where it was going anyway.
//   mean of a batch of steps = level + slope · time + change · (after the step) + noise
// Losses of neighbouring steps are alike, so the steps are first gathered into batches longer than that memory (batch
// means: Law and Kelton, Simulation Modeling and Analysis, ch. 9); the batch means are fitted by least squares, and the
// interval is Student's with what degrees of freedom are left.

/** Batches on each side: enough for an interval, few enough that each forgets the one before. */
const BATCHES = 12;
/** Quantiles of the normal distribution: 95 % for a verdict; 99.9 % for looks before its time, of which there are several. */
export const CERTAINTY = { whole: 1.959_963_985, early: 3.290_526_731 } as const;
/** Fewer steps than this on a side say nothing. */
export const LEAST_STEPS = 40;

export type Point = { step: number; value: number };
export type Change = {
  /** Of the mean, in the metric's unit, at the step. */
  change: number;
  /** Ends of the interval. */
  low: number;
  high: number;
  before: number;
  after: number;
};

/**
 * The change between the points before and those after, with its interval, of 95 % by default; null when either side has
 * fewer than `LEAST_STEPS` finite values. Points in the order of their steps; `before` ends where `after` begins or earlier.
 */
export function estimateChange(
  before: readonly Point[],
  after: readonly Point[],
  certainty: number = CERTAINTY.whole,
): Change | null {
  const [left, right] = [batchMeans(before), batchMeans(after)];
  if (left === null || right === null) {
    return null;
  }
  const rows = [
    ...left.map(({ step, value }) => ({ step, value, on: 0 })),
    ...right.map(({ step, value }) => ({ step, value, on: 1 })),
  ];
  // Centred and scaled, so that steps in the millions lose no digits.
  const middle = mean(rows.map(({ step }) => step));
  const scale = Math.max(...rows.map(({ step }) => Math.abs(step - middle)), 1);
  const design = rows.map(({ step, on }) => [1, (step - middle) / scale, on] as const);
  const fit = leastSquares(
    design,
    rows.map(({ value }) => value),
  );
  const half = studentQuantile(rows.length - 3, certainty) * fit.error;
  return {
    change: fit.change,
    low: fit.change - half,
    high: fit.change + half,
    before: mean(left.map(({ value }) => value)),
    after: mean(right.map(({ value }) => value)),
  };
}

function batchMeans(points: readonly Point[]): Point[] | null {
  const finite = points.filter(({ value }) => Number.isFinite(value));
  if (finite.length < LEAST_STEPS) {
    return null;
  }
  return Array.from({ length: BATCHES }, (_, index) => {
    const from = Math.floor((index * finite.length) / BATCHES);
    const batch = finite.slice(from, Math.floor(((index + 1) * finite.length) / BATCHES));
    return {
      step: mean(batch.map(({ step }) => step)),
      value: mean(batch.map(({ value }) => value)),
    };
  });
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

type Row = readonly [number, number, number];

/** The third coefficient of a fit in three columns, and its standard error. */
function leastSquares(design: readonly Row[], values: readonly number[]) {
  const gram = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => design.reduce((sum, row) => sum + at(row, i) * at(row, j), 0)),
  );
  const moment = [0, 1, 2].map((i) =>
    design.reduce((sum, row, index) => sum + at(row, i) * (values[index] ?? 0), 0),
  );
  const inverse = invert(gram);
  const beta = inverse.map((row) => row.reduce((sum, cell, j) => sum + cell * (moment[j] ?? 0), 0));
  const residual = design.reduce((sum, row, index) => {
    const fitted = [0, 1, 2].reduce((total, i) => total + at(row, i) * (beta[i] ?? 0), 0);
    return sum + ((values[index] ?? 0) - fitted) ** 2;
  }, 0);
  const variance = residual / (design.length - 3);
  return { change: beta[2] ?? 0, error: Math.sqrt(variance * (inverse[2]?.[2] ?? 0)) };
}

const at = (row: Row, index: number) => row[index as 0 | 1 | 2];

/** Of a 3 × 3 matrix, by cofactors. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const cell = (i: number, j: number) => matrix[i % 3]?.[j % 3] ?? 0;
  const cofactor = (i: number, j: number) =>
    cell(i + 1, j + 1) * cell(i + 2, j + 2) - cell(i + 1, j + 2) * cell(i + 2, j + 1);
  const determinant = [0, 1, 2].reduce((sum, j) => sum + cell(0, j) * cofactor(0, j), 0);
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => cofactor(j, i) / determinant));
}

/** The point of Student's distribution that stands where `z` does in the normal one (Cornish–Fisher expansion). */
function studentQuantile(degrees: number, z: number): number {
  const first = (z ** 3 + z) / (4 * degrees);
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
  return z + first + second;
}
