/**
 * The plain shapes that every chart understands. A chart knows no domain: these types fit the metric
 * store's answer by structure, and numbers are parsed once, here, so that nothing later meets a string.
 */

/** JSON has no word for NaN and the infinities, so they arrive as strings. */
export type WireNumber = number | "NaN" | "Infinity" | "-Infinity";

/** What runs along the horizontal axis; `time` in Unix milliseconds, `relative` in milliseconds since the run's first step. */
export type XAxis = "step" | "tokens" | "time" | "relative";

export type WireRaw = {
  kind: "raw";
  attempt: number;
  steps: readonly number[];
  times: readonly number[];
  x: readonly number[];
  values: readonly WireNumber[];
};

export type WireBuckets = {
  kind: "buckets";
  attempt: number;
  steps: readonly number[];
  lastSteps: readonly number[];
  times: readonly number[];
  lastTimes: readonly number[];
  x: readonly number[];
  lastX: readonly number[];
  min: readonly WireNumber[];
  max: readonly WireNumber[];
  first: readonly WireNumber[];
  last: readonly WireNumber[];
  mean: readonly WireNumber[];
  count: readonly number[];
  nonFinite: readonly number[];
};

export type WireSeries = WireRaw | WireBuckets;

/** Every point, in rising order of x. */
export type RawData = {
  kind: "raw";
  steps: readonly number[];
  times: readonly number[];
  x: readonly number[];
  values: readonly number[];
};

/** One entry per bucket; `min`, `max` and `mean` are NaN where a bucket holds no finite value. */
export type BucketData = {
  kind: "buckets";
  steps: readonly number[];
  lastSteps: readonly number[];
  times: readonly number[];
  lastTimes: readonly number[];
  x: readonly number[];
  lastX: readonly number[];
  min: readonly number[];
  max: readonly number[];
  first: readonly number[];
  last: readonly number[];
  mean: readonly number[];
  count: readonly number[];
  nonFinite: readonly number[];
};

export type SeriesData = RawData | BucketData;

/**
 * `main` is what the chart is about, `other` stands beside it, `abandoned` is an attempt that was left.
 * `key` is the metric's name in live frames (default: `id`); `colour` is a place in the palette, 1 to 8,
 * for a metric that keeps its colour in every chart (default: the order of the series).
 */
export type ChartSeries = {
  id: string;
  label: string;
  role: "main" | "other" | "abandoned";
  attempt: number;
  data: SeriesData;
  key?: string | undefined;
  colour?: number | undefined;
};

export type ChartWindow = { from: number; to: number };

const parse = (value: WireNumber): number => (typeof value === "number" ? value : Number(value));
const parseAll = (values: readonly WireNumber[]): number[] => values.map(parse);

/** What is parsed already: an answer is read by several charts, and anew with each message that another series got. */
const parsed = new WeakMap<WireSeries, SeriesData>();

/** The store's series with its numbers parsed. */
export function parseSeries(wire: WireSeries): SeriesData {
  const known = parsed.get(wire);
  if (known !== undefined) {
    return known;
  }
  const data = parseColumns(wire);
  parsed.set(wire, data);
  return data;
}

/** Numbers in the store's shape; parsing them again gives these very numbers and costs nothing. */
export function toWireSeries(data: SeriesData, attempt: number): WireSeries {
  const wire: WireSeries = { ...data, attempt };
  parsed.set(wire, data);
  return wire;
}

function parseColumns(wire: WireSeries): SeriesData {
  if (wire.kind === "raw") {
    const { kind, steps, times, x, values } = wire;
    return { kind, steps, times, x, values: parseAll(values) };
  }
  const { attempt: _attempt, ...columns } = wire;
  return {
    ...columns,
    min: parseAll(wire.min),
    max: parseAll(wire.max),
    first: parseAll(wire.first),
    last: parseAll(wire.last),
    mean: parseAll(wire.mean),
  };
}

/** A contract series becomes a chart series; its attempt number comes along. */
export function toChartSeries(
  wire: WireSeries,
  meta: Omit<ChartSeries, "data" | "attempt">,
): ChartSeries {
  return { ...meta, attempt: wire.attempt, data: parseSeries(wire) };
}

export const emptyData: RawData = { kind: "raw", steps: [], times: [], x: [], values: [] };

/** The same data seen as buckets; a raw point is a bucket of one. */
export function toBuckets(data: SeriesData): BucketData {
  if (data.kind === "buckets") {
    return data;
  }
  const { steps, times, x, values } = data;
  const finite = values.map((value) => (Number.isFinite(value) ? value : Number.NaN));
  return {
    kind: "buckets",
    steps,
    lastSteps: steps,
    times,
    lastTimes: times,
    x,
    lastX: x,
    min: finite,
    max: finite,
    mean: finite,
    first: values,
    last: values,
    count: values.map(() => 1),
    nonFinite: values.map((value) => (Number.isFinite(value) ? 0 : 1)),
  };
}

/** How many entries the arrays have: points of a raw series, buckets of the other kind. */
export const lengthOf = (data: SeriesData): number => data.steps.length;

/** A number of an array that is known to be long enough; NaN outside it. */
export const at = (values: ArrayLike<number>, index: number): number => values[index] ?? Number.NaN;
