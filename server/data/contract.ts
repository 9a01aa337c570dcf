import { z } from "zod";

/** A count below 2⁵³, so that it is exact in JSON. */
const Count = z.int().min(0);
const Counts = z
  .record(z.string().min(1).max(80), Count)
  .refine((counts) => Object.keys(counts).length <= 200, "Send at most 200 kinds of count.");

const Name = z.string().min(1).max(100);

/** What became of one source's documents: a row of the data table. */
export const SourceReport = z.object({
  /** The name that the training's mix weighs it by; several sources may share one. */
  name: Name,
  source: Name,
  lang: z.string().min(1).max(20),
  licence: z.string().min(1).max(300),
  documents: Count,
  kept: Count,
  /** Documents that were left out, by reason; duplicates are counted apart. */
  dropped: Counts,
  duplicates: Count,
  /** Marks that replaced personal information, by kind. */
  pii: Counts,
  /** UTF-8 bytes and tokens of the kept documents. */
  bytes: Count,
  tokens: Count,
  /** Training records made by augmentation, by task. */
  cues: Counts,
  /** Of the documents that were judged; null where the filter is off. */
  meanPerplexity: z.number().min(0).nullable(),
});
export type SourceReport = z.infer<typeof SourceReport>;

const Recipe = z.string().min(1).max(100);

export const SendDataReport = z.object({
  project: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "Use a-z, 0-9 and -, at most 63."),
  recipe: Recipe,
  /** When the corpus was built; milliseconds since 1970. */
  builtAt: z.int().min(0).max(8_640_000_000_000),
  sources: z.array(SourceReport).min(1).max(200),
});
export type SendDataReport = z.infer<typeof SendDataReport>;

/** `stored: false`: the portal has this report already. */
export const StoredDataReport = z.object({ id: z.string(), stored: z.boolean(), url: z.string() });
export type StoredDataReport = z.infer<typeof StoredDataReport>;

export const DataReport = z.object({
  id: z.string(),
  project: z.string(),
  recipe: z.string(),
  builtAt: z.number(),
  sentAt: z.number(),
  documents: Count,
  kept: Count,
  bytes: Count,
  tokens: Count,
  sources: z.array(SourceReport),
});
export type DataReport = z.infer<typeof DataReport>;

/** Newest first; `next` is handed back to go on behind the last one. */
export const DataReportList = z.object({
  reports: z.array(DataReport),
  next: z.string().nullable(),
});
export type DataReportList = z.infer<typeof DataReportList>;

export const AskSources = z.object({ recipe: Recipe.optional() });
export type AskSources = z.infer<typeof AskSources>;

/** The newest report, of the asked recipe if one is asked for, and every recipe that has reported, newest first. */
export const DataSources = z.object({
  report: DataReport.nullable(),
  recipes: z.array(z.string()),
});
export type DataSources = z.infer<typeof DataSources>;

/** How a recipe's corpus grew, oldest first, and where runs of the project entered their stages meanwhile. */
export const DataGrowth = z.object({
  points: z.array(
    z.object({
      at: z.number(),
      documents: Count,
      kept: Count,
      bytes: Count,
      tokens: Count,
      sources: Count,
    }),
  ),
  stages: z.array(z.object({ at: z.number(), runId: z.string(), step: Count, name: z.string() })),
});
export type DataGrowth = z.infer<typeof DataGrowth>;
