export type TensorStatistics = { max: number; min: number; std: number; mean: number };

/** Largest, smallest, unbiased standard deviation and mean, in double precision; NaN where there are no values. */
export function describeTensor(data: Float32Array): TensorStatistics {
  let max = Number.NEGATIVE_INFINITY;
  let min = Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const value of data) {
    // Written so that a NaN stays once it is met.
    max = value <= max ? max : value;
    min = value >= min ? min : value;
    sum += value;
  }
  const mean = sum / data.length;
  let squares = 0;
  for (const value of data) {
    squares += (value - mean) ** 2;
  }
  return { max, min, mean, std: Math.sqrt(squares / Math.max(1, data.length - 1)) };
}
