import { z } from "zod";
import { SourceName } from "../data/sources.ts";

const Count = z.int().min(1);
const Share = z.number().min(0);

/** A source in the corpus. `name` is what the stages' mix weighs; several sources may stand under one name. */
export const DatasetConfig = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "Use a-z, 0-9 and -."),
  source: SourceName,
  /** Share of the documents that is used, chosen by hash. */
  share: z.number().positive().max(1).default(1),
});
export type DatasetConfig = z.infer<typeof DatasetConfig>;

/**
 * Weights of the tasks that a corpus is made into, within a name. `plain` is infill and continuation, half and half;
 * the others come from augmentation, the last two from parallel text. A task with weight 0 is not built.
 */
export const TaskWeights = z.object({
  plain: Share.default(1),
  summary: Share.default(0),
  qa: Share.default(0),
  rewrite: Share.default(0),
  "en-zh": Share.default(0),
  "zh-en": Share.default(0),
});
export type TaskWeights = z.infer<typeof TaskWeights>;

/** The corpus of a run: its texts, how they are cut, and what is made of them. */
export const DataConfig = z.object({
  datasets: z.array(DatasetConfig).min(1),
  tasks: TaskWeights.prefault({}),
  /** Share of each source that the perplexity filter cuts off; 0 switches it off. */
  perplexityDrop: z.number().min(0).max(0.5).default(0),
  vocabulary: z.object({ size: Count.max(65_536), subwords: z.int().min(0) }),
  rows: Count,
  length: Count,
  /** Batches of the held-out set per source; fixed for the whole run. */
  evalBatches: Count,
});
export type DataConfig = z.infer<typeof DataConfig>;
