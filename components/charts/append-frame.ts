import { mapColumns } from "./pick-entries.ts";
import {
  at,
  type BucketData,
  type ChartSeries,
  type RawData,
  type SeriesData,
  toBuckets,
  type WireNumber,
  type XAxis,
} from "./series.ts";

/** The part of a live frame that a chart reads. */
export type LiveFrameLike = {
  attempt: number;
  steps: readonly number[];
  times: readonly number[];
  series: Readonly<Record<string, readonly (WireNumber | null)[]>>;
};

type Point = { step: number; time: number; x: number; value: number };

/** Beyond this many entries a growing series halves its resolution, so that a tab may stay open for weeks. */
const MAX_ENTRIES = 4000;

/**
 * The series with a live frame's points added. Points that are already there (the stream repeats after a
 * reconnect) replace themselves; late ones take their place. Frames of another attempt change nothing.
 */
export function appendFrame(series: ChartSeries, frame: LiveFrameLike, axis: XAxis): ChartSeries {
  if (frame.attempt !== series.attempt) {
    return series;
  }
  const points = framePoints(series, frame, axis);
  if (points.length === 0) {
    return series;
  }
  return { ...series, data: trim(points.reduce(addPoint, copy(series.data))) };
}

function framePoints(series: ChartSeries, frame: LiveFrameLike, axis: XAxis): Point[] {
  const values = frame.series[series.key ?? series.id] ?? [];
  const tokens = frame.series["tokens"] ?? [];
  let lastX =
    series.data.kind === "raw"
      ? at(series.data.x, series.data.x.length - 1)
      : at(series.data.lastX, series.data.lastX.length - 1);
  return values.flatMap((wire, index) => {
    if (wire === null) {
      return [];
    }
    const step = at(frame.steps, index);
    const time = at(frame.times, index);
    const known = Number(tokens[index] ?? Number.NaN);
    lastX =
      axis === "step" ? step : axis === "time" ? time : Number.isFinite(known) ? known : lastX;
    return Number.isNaN(lastX) ? [] : [{ step, time, x: lastX, value: Number(wire) }];
  });
}

/** New arrays once per frame, so that adding a point may write into them. */
function copy(data: SeriesData): SeriesData {
  if (data.kind === "raw") {
    return {
      kind: "raw",
      steps: [...data.steps],
      times: [...data.times],
      x: [...data.x],
      values: [...data.values],
    };
  }
  return mapColumns(data, (values) => [...values]);
}

function addPoint(data: SeriesData, point: Point): SeriesData {
  return data.kind === "raw" ? addToRaw(data, point) : addToBuckets(data, point);
}

function addToRaw(data: RawData, point: Point): RawData {
  let place = data.steps.length;
  while (place > 0 && at(data.steps, place - 1) >= point.step) {
    place -= 1;
  }
  const removed = data.steps[place] === point.step ? 1 : 0;
  (data.steps as number[]).splice(place, removed, point.step);
  (data.times as number[]).splice(place, removed, point.time);
  (data.x as number[]).splice(place, removed, point.x);
  (data.values as number[]).splice(place, removed, point.value);
  return data;
}

function addToBuckets(data: BucketData, point: Point): BucketData {
  const last = data.steps.length - 1;
  if (last < 0 || point.step > at(data.lastSteps, last)) {
    const full = last < 0 || at(data.count, last) >= typicalCount(data.count);
    return full ? pushBucket(data, point) : growBucket(data, { index: last, point, isNew: true });
  }
  let index = last;
  while (index > 0 && at(data.steps, index) > point.step) {
    index -= 1;
  }
  // A repeated or late point: its bucket may already count it, so it can only widen the extremes.
  return growBucket(data, { index, point, isNew: false });
}

function typicalCount(counts: readonly number[]): number {
  const sorted = Float64Array.from(counts).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}

function pushBucket(data: BucketData, point: Point): BucketData {
  const one = toBuckets({
    kind: "raw",
    steps: [point.step],
    times: [point.time],
    x: [point.x],
    values: [point.value],
  });
  return mapColumns(data, (values, name) => {
    (values as number[]).push(at(one[name], 0));
    return values;
  });
}

function growBucket(
  data: BucketData,
  change: { index: number; point: Point; isNew: boolean },
): BucketData {
  const { index, point, isNew } = change;
  const finite = Number.isFinite(point.value);
  const set = (values: readonly number[], value: number): void => {
    (values as number[])[index] = value;
  };
  if (finite) {
    set(data.min, lower(at(data.min, index), point.value));
    set(data.max, -lower(-at(data.max, index), -point.value));
  }
  if (isNew) {
    const known = at(data.count, index) - at(data.nonFinite, index);
    set(
      data.mean,
      finite
        ? known === 0
          ? point.value
          : (at(data.mean, index) * known + point.value) / (known + 1)
        : at(data.mean, index),
    );
    set(data.count, at(data.count, index) + 1);
    set(data.nonFinite, at(data.nonFinite, index) + (finite ? 0 : 1));
    set(data.lastSteps, point.step);
    set(data.lastTimes, point.time);
    set(data.lastX, point.x);
    set(data.last, point.value);
  }
  return data;
}

/** The smaller of two numbers; NaN counts as absent. */
const lower = (a: number, b: number): number =>
  Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b);

function trim(data: SeriesData): SeriesData {
  return data.steps.length <= MAX_ENTRIES ? data : mergePairs(toBuckets(data));
}

/** Every two neighbours become one bucket; nothing that a bucket keeps is lost. */
function mergePairs(data: BucketData): BucketData {
  const pairs =
    (pick: (left: number, right: number) => number) =>
    (values: readonly number[]): number[] =>
      values.flatMap((value, index) =>
        index % 2 === 1
          ? []
          : index + 1 < values.length
            ? [pick(value, at(values, index + 1))]
            : [value],
      );
  const finite = data.count.map((count, index) => count - at(data.nonFinite, index));
  const sums = data.mean.map((mean, index) =>
    at(finite, index) === 0 ? 0 : mean * at(finite, index),
  );
  const add = pairs((a, b) => a + b);
  const [sum, known] = [add(sums), add(finite)];
  const left = pairs((a) => a);
  const right = pairs((_, b) => b);
  const starts = new Set(["steps", "times", "x", "first"]);
  return {
    ...mapColumns(data, (values, name) => (starts.has(name) ? left(values) : right(values))),
    min: pairs(lower)(data.min),
    max: pairs((a, b) => -lower(-a, -b))(data.max),
    mean: sum.map((value, index) =>
      at(known, index) === 0 ? Number.NaN : value / at(known, index),
    ),
    count: add(data.count),
    nonFinite: add(data.nonFinite),
  };
}
