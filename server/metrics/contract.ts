import { z } from "zod";

/** Longest metric key that the store accepts, in characters. */
export const MAX_KEY_LENGTH = 200;

/** A metric's name: path-like, e.g. `loss`, `loss/continuation`, `time/step_ms`. */
export const MetricKey = z
  .string()
  .min(1)
  .max(MAX_KEY_LENGTH)
  .regex(
    /^[\p{L}\p{N}_][\p{L}\p{N}_./:%@ -]*$/u,
    "Use letters, digits and _ . / : % @ - in a metric's name.",
  );
export type MetricKey = z.infer<typeof MetricKey>;

/** What runs along the horizontal axis. `time`: Unix milliseconds; `relative`: milliseconds since the run's first step. */
export const XAxis = z.enum(["step", "tokens", "time", "relative"]);
export type XAxis = z.infer<typeof XAxis>;

/**
 * A number on the wire. JSON has no word for NaN and the infinities, so they travel as strings;
 * the reporting API also accepts them as bare words.
 */
export const WireNumber = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]);
export type WireNumber = z.infer<typeof WireNumber>;

/** Every stored point of the window: column i of each array is one point, in rising step order. */
export const RawSeries = z.object({
  kind: z.literal("raw"),
  attempt: z.int(),
  steps: z.array(z.number()),
  times: z.array(z.number()),
  /** Position on the asked axis: equal to `steps` for `step`, `times` for `time`. */
  x: z.array(z.number()),
  values: z.array(WireNumber),
});
export type RawSeries = z.infer<typeof RawSeries>;

/**
 * One column entry per bucket, in rising step order; buckets do not overlap and leave no point out.
 * `min`, `max` and `mean` are over the finite values, NaN when a bucket has none; `first` and `last`
 * are the outermost values as stored; `nonFinite` counts NaN and ±Infinity among the `count` points.
 */
export const BucketSeries = z.object({
  kind: z.literal("buckets"),
  attempt: z.int(),
  steps: z.array(z.number()),
  lastSteps: z.array(z.number()),
  times: z.array(z.number()),
  lastTimes: z.array(z.number()),
  x: z.array(z.number()),
  lastX: z.array(z.number()),
  min: z.array(WireNumber),
  max: z.array(WireNumber),
  first: z.array(WireNumber),
  last: z.array(WireNumber),
  mean: z.array(WireNumber),
  count: z.array(z.int()),
  nonFinite: z.array(z.int()),
});
export type BucketSeries = z.infer<typeof BucketSeries>;

export const Series = z.discriminatedUnion("kind", [RawSeries, BucketSeries]);
export type Series = z.infer<typeof Series>;

export const MAX_BUCKETS = 4000;

/** What to read: keys of one run and attempt, a window on an axis, and how many buckets at most. */
export const SeriesQuery = z.object({
  runId: z.string(),
  keys: z.array(MetricKey).min(1).max(200),
  /** Absent: the run's newest attempt. */
  attempt: z.int().positive().optional(),
  x: XAxis.default("step"),
  from: z.number().optional(),
  to: z.number().optional(),
  buckets: z.int().min(1).max(MAX_BUCKETS).default(500),
});
export type SeriesQuery = z.infer<typeof SeriesQuery>;

/** `seq` is the run's newest sequence number included: a live stream opened after it misses nothing. */
export const SeriesAnswer = z.object({
  seq: z.number(),
  attempt: z.int(),
  series: z.record(z.string(), Series),
});
export type SeriesAnswer = z.infer<typeof SeriesAnswer>;

/** What to read of the keys `layer/<n>/<stat>`: one row a layer, one column a stretch of steps. */
export const HeatMapQuery = z.object({
  runId: z.string(),
  attempt: z.int().positive().optional(),
  /** Absent: the first one that the run has. */
  stat: z.string().max(200).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  buckets: z.int().min(1).max(400).default(120),
});
export type HeatMapQuery = z.infer<typeof HeatMapQuery>;

/** `mean[row][column]`, null where a layer has no finite value; columns are those of the first layer. */
export const HeatMap = z.object({
  seq: z.number(),
  attempt: z.int(),
  stat: z.string().nullable(),
  stats: z.array(z.string()),
  steps: z.array(z.number()),
  lastSteps: z.array(z.number()),
  times: z.array(z.number()),
  rows: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      mean: z.array(z.number().nullable()),
      max: z.array(z.number().nullable()),
    }),
  ),
});
export type HeatMap = z.infer<typeof HeatMap>;
