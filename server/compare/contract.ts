import { z } from "zod";
import { MAX_BUCKETS, MetricKey, Series, WireNumber } from "../metrics/contract.ts";
import { RunStatus } from "../runs/contract.ts";

/** Runs on one picture. */
export const MOST_RUNS = 20;

/** `relative`: milliseconds since each run's first step. */
export const Alignment = z.enum(["step", "tokens", "relative"]);
export type Alignment = z.infer<typeof Alignment>;

const ComparedRun = z.object({
  runId: z.string(),
  /** Absent: the run's newest attempt. */
  attempt: z.int().positive().optional(),
});

export const CompareSeries = z.object({
  runs: z.array(ComparedRun).min(1).max(MOST_RUNS),
  keys: z.array(MetricKey).min(1).max(12),
  x: Alignment.default("step"),
  from: z.number().optional(),
  to: z.number().optional(),
  buckets: z.int().min(1).max(MAX_BUCKETS).default(500),
});
export type CompareSeries = z.infer<typeof CompareSeries>;

/** In the asked order. A run that cannot be put on the asked axis has no series and says why in `problem`. */
export const ComparedSeries = z.object({
  runs: z.array(
    z.object({
      runId: z.string(),
      name: z.string(),
      status: RunStatus,
      attempt: z.int(),
      seq: z.number(),
      series: z.record(z.string(), Series),
      problem: z.string().nullable(),
    }),
  ),
});
export type ComparedSeries = z.infer<typeof ComparedSeries>;

export const CompareTable = z.object({
  runIds: z.array(z.string()).min(1).max(MOST_RUNS),
  /** Absent: the keys that the most runs share, the loss first, at most 12. */
  keys: z.array(MetricKey).max(40).optional(),
});
export type CompareTable = z.infer<typeof CompareTable>;

/** One leaf of the configurations, by its path; `values` in the order of the runs, undefined where a run has none. */
export const ConfigRow = z.object({
  path: z.string(),
  values: z.array(z.string().nullable()),
  differs: z.boolean(),
});
export type ConfigRow = z.infer<typeof ConfigRow>;

/** Of one key in one run: the newest value, and the best one with its step. */
export const BestLast = z.object({
  last: WireNumber.nullable(),
  lastStep: z.number().nullable(),
  best: WireNumber.nullable(),
  /** The step of the best value; of a very long series the beginning of the short stretch that holds it. */
  bestStep: z.number().nullable(),
});
export type BestLast = z.infer<typeof BestLast>;

export const ComparedTable = z.object({
  runs: z.array(z.object({ id: z.string(), name: z.string(), status: RunStatus })),
  config: z.array(ConfigRow),
  metrics: z.array(
    z.object({
      key: z.string(),
      better: z.enum(["lower", "higher"]),
      values: z.array(BestLast),
    }),
  ),
});
export type ComparedTable = z.infer<typeof ComparedTable>;
