import { type BucketData, type SeriesData, toBuckets } from "./series.ts";

/** The entries of a series whose index passes, as buckets or raw points like before. */
export function pickEntries(data: SeriesData, keep: (index: number) => boolean): SeriesData {
  const pick = (values: readonly number[]): number[] => values.filter((_, index) => keep(index));
  if (data.kind === "raw") {
    return {
      kind: "raw",
      steps: pick(data.steps),
      times: pick(data.times),
      x: pick(data.x),
      values: pick(data.values),
    };
  }
  return mapColumns(data, pick);
}

/** One series after the other. Both stay raw only when both are raw. */
export function concatData(before: SeriesData, after: SeriesData): SeriesData {
  if (before.steps.length === 0) {
    return after;
  }
  if (before.kind === "raw" && after.kind === "raw") {
    return {
      kind: "raw",
      steps: [...before.steps, ...after.steps],
      times: [...before.times, ...after.times],
      x: [...before.x, ...after.x],
      values: [...before.values, ...after.values],
    };
  }
  const right = toBuckets(after);
  return mapColumns(toBuckets(before), (values, name) => [...values, ...right[name]]);
}

type ColumnName = Exclude<keyof BucketData, "kind">;

const COLUMNS: readonly ColumnName[] = [
  "steps",
  "lastSteps",
  "times",
  "lastTimes",
  "x",
  "lastX",
  "min",
  "max",
  "first",
  "last",
  "mean",
  "count",
  "nonFinite",
];

/** A bucket series with every column run through `change`. */
export function mapColumns(
  data: BucketData,
  change: (values: readonly number[], name: ColumnName) => readonly number[],
): BucketData {
  const result = { ...data };
  for (const name of COLUMNS) {
    result[name] = change(data[name], name);
  }
  return result;
}
