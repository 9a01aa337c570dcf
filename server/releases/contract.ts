import { z } from "zod";
import { MemberRef } from "../members/contract.ts";

export const FamilyId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "Use a-z, 0-9 and -, at most 63.");
/** Such as 1.0 or 2.1.3. */
export const VERSION = /^\d{1,4}\.\d{1,4}(\.\d{1,4})?$/;
export const Version = z.string().regex(VERSION, "Number it like 1.0 or 2.1.3.");

/** The forms in which a checkpoint can be released. */
export const FORMATS = ["hf-fp32", "hf-bf16", "hf-fp16", "native", "int8"] as const;
export const Format = z.enum(FORMATS);
export type Format = z.infer<typeof Format>;

/** What comparing the logits of what was written with those of its source gave. */
export const FormatFigures = z.object({
  /** Rows of tokens and the positions in them that were compared. */
  rows: z.int(),
  positions: z.int(),
  /** Of all logits: the largest and the mean difference, and the largest magnitude in the source. */
  maxDifference: z.number(),
  meanDifference: z.number(),
  largest: z.number(),
  /** Share of positions with the same likeliest token. */
  agreement: z.number(),
  /** Mean divergence of the written model's next-token distribution from the source's, in nats. */
  divergence: z.number(),
});
export type FormatFigures = z.infer<typeof FormatFigures>;

export const FORMAT_STAGES = ["write", "read", "compare", "store"] as const;
export const FormatStage = z.enum(FORMAT_STAGES);
export type FormatStage = z.infer<typeof FormatStage>;

/** A line of the program that makes a format: how far it is, or what it made. */
export const PackageMessage = z.union([
  z.object({ stage: FormatStage, progress: z.number().min(0).max(1) }),
  z.object({ files: z.array(z.string()).min(1), figures: FormatFigures }),
]);
export type PackageMessage = z.infer<typeof PackageMessage>;

export const FORMAT_STATES = ["waiting", "building", "done", "failed"] as const;
export const ReleaseFormat = z.object({
  name: Format,
  state: z.enum(FORMAT_STATES),
  stage: FormatStage.nullable(),
  progress: z.number(),
  message: z.string().nullable(),
  figures: FormatFigures.nullable(),
});
export type ReleaseFormat = z.infer<typeof ReleaseFormat>;

export const ReleaseFile = z.object({
  path: z.string(),
  format: Format.nullable(),
  size: z.number(),
  sha256: z.string(),
  /** Fetched only by those who accepted the licence. */
  gated: z.boolean(),
  downloads: z.number(),
});
export type ReleaseFile = z.infer<typeof ReleaseFile>;

/** A text by language; what is left out is not shown. */
const Text = z.string().trim().max(4_000).default("");
const Both = z.object({ en: Text, zh: Text });
/** What people wrote about a release: what it is, what it cannot do, whom it owes thanks. */
export const Prose = z.object({
  about: Both.default({ en: "", zh: "" }),
  limitations: Both.default({ en: "", zh: "" }),
  credits: Both.default({ en: "", zh: "" }),
});
export type Prose = z.infer<typeof Prose>;

export const RELEASE_STATES = ["draft", "published", "superseded", "yanked", "rejected"] as const;
export const ReleaseState = z.enum(RELEASE_STATES);
export type ReleaseState = z.infer<typeof ReleaseState>;

export const ReleaseItem = z.object({
  id: z.string(),
  version: z.string(),
  state: ReleaseState,
  publishedAt: z.number().nullable(),
  createdAt: z.number(),
  step: z.number(),
  runId: z.string(),
  runName: z.string(),
  /** By the formula, from the configuration of its run; null when that names no sizes. */
  parameters: z.number().nullable(),
  layers: z.number().nullable(),
  width: z.number().nullable(),
  /** Bytes of its largest and of its smallest weights file. */
  bytes: z.number(),
});
export type ReleaseItem = z.infer<typeof ReleaseItem>;

const Summary = z.object({ en: z.string(), zh: z.string() });
export const FamilyItem = z.object({
  id: FamilyId,
  title: z.string(),
  summary: Summary,
  /** The one that is offered now. */
  current: ReleaseItem.nullable(),
  releases: z.int(),
  downloads: z.number(),
});
export type FamilyItem = z.infer<typeof FamilyItem>;
export const FamilyList = z.object({ families: z.array(FamilyItem) });
export type FamilyList = z.infer<typeof FamilyList>;

/** A source of the training data, with the terms that its texts stand under. */
const CardSource = z.object({
  name: z.string(),
  source: z.string(),
  lang: z.string(),
  licence: z.string(),
  documents: z.number(),
  tokens: z.number(),
});
const Figures = z.record(z.string(), z.number());

/** The model card: everything in it was measured or configured; null and empty where nothing was. */
export const Card = z.object({
  config: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).nullable(),
  parameters: z.number().nullable(),
  tokens: z.number().nullable(),
  /** Held-out losses of the checkpoint by their names in the log, and of the release before. */
  evaluations: Figures,
  before: z.object({ version: z.string(), evaluations: Figures }).nullable(),
  /** Training losses by task at the checkpoint's step. */
  tasks: Figures,
  sources: z.array(CardSource),
  energyKwh: z.number().nullable(),
  co2eKg: z.number().nullable(),
  cost: z.object({ value: z.number(), currency: z.string().nullable() }).nullable(),
});
export type Card = z.infer<typeof Card>;

export const ReleaseDetail = ReleaseItem.extend({
  family: FamilyId,
  checkpointId: z.string(),
  attempt: z.int(),
  gated: z.boolean(),
  author: MemberRef,
  approvedBy: MemberRef.nullable(),
  yankedAt: z.number().nullable(),
  reason: z.string().nullable(),
  manifestSha256: z.string().nullable(),
  prose: Prose,
  formats: z.array(ReleaseFormat),
  files: z.array(ReleaseFile),
  card: Card,
});
export type ReleaseDetail = z.infer<typeof ReleaseDetail>;

export const FamilyDetail = z.object({
  id: FamilyId,
  title: z.string(),
  summary: Summary,
  releases: z.array(ReleaseItem),
  /** The asked release, or the one that is offered now. */
  release: ReleaseDetail.nullable(),
});
export type FamilyDetail = z.infer<typeof FamilyDetail>;

export const AskFamily = z.object({ id: FamilyId, version: Version.optional() });
export type AskFamily = z.infer<typeof AskFamily>;

export const CreateFamily = z.object({
  id: FamilyId,
  title: z.string().trim().min(1).max(80),
  summary: z.object({
    en: z.string().trim().min(10).max(400),
    zh: z.string().trim().min(4).max(400),
  }),
});
export type CreateFamily = z.infer<typeof CreateFamily>;

export const DraftRelease = z.object({
  family: FamilyId,
  version: Version,
  checkpointId: z.string().min(1).max(64),
  formats: z.array(Format).min(1).max(FORMATS.length),
  gated: z.boolean().default(true),
});
export type DraftRelease = z.infer<typeof DraftRelease>;

/** The same from the trainer's side, where a checkpoint is known by the hash of its weights. */
export const PublishCheckpoint = z.object({
  weightsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  version: Version.optional(),
  formats: z.array(Format).min(1).max(FORMATS.length),
});
export type PublishCheckpoint = z.infer<typeof PublishCheckpoint>;
export const PublishedDraft = z.object({ id: z.string(), version: z.string(), url: z.string() });
export type PublishedDraft = z.infer<typeof PublishedDraft>;

const Reason = z.string().trim().min(10).max(2_000);
export const OfRelease = z.object({ id: z.string().min(1).max(64) });
export const DecideRelease = OfRelease.extend({ reason: Reason });
export type DecideRelease = z.infer<typeof DecideRelease>;
export const SaveProse = OfRelease.extend({ prose: Prose });
export type SaveProse = z.infer<typeof SaveProse>;

/** Checkpoints that could be released, newest first. */
export const Candidates = z.object({
  checkpoints: z.array(
    z.object({
      id: z.string(),
      runId: z.string(),
      runName: z.string(),
      attempt: z.int(),
      step: z.number(),
    }),
  ),
});
export type Candidates = z.infer<typeof Candidates>;

/** The sizes in a model's `config.json` that its parameters are counted from. */
export const ModelSizes = z.object({
  vocab_size: z.int().positive(),
  dim_model: z.int().positive(),
  dim_ff: z.int().positive(),
  num_layers: z.int().positive(),
  num_heads: z.int().positive(),
  dim_head: z.int().positive(),
  position_bias_num_buckets: z.int().positive(),
  prompt_types: z.int().positive(),
  prompt_length: z.int().positive(),
  segment_types: z.int().positive(),
});
export type ModelSizes = z.infer<typeof ModelSizes>;

/** L(4·d·H·h + 3·d·f + 2d) + d + (V + T·P + S)·d + (S² + B)·H, for a model that leaves no sub-block out. */
export function countParameters(sizes: ModelSizes): number {
  const { dim_model: d, dim_ff: f, num_heads: heads, segment_types: segments } = sizes;
  const layer = 4 * d * heads * sizes.dim_head + 3 * d * f + 2 * d;
  const embedded = sizes.vocab_size + sizes.prompt_types * sizes.prompt_length + segments;
  const biases = (segments ** 2 + sizes.position_bias_num_buckets) * heads;
  return sizes.num_layers * layer + d + embedded * d + biases;
}

/** Which files of a gated release are given to those only who accepted its licence: the weights, nothing beside them. */
export const isGatedPath = (path: string): boolean => path.endsWith(".safetensors");
