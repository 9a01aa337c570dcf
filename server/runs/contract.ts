import { z } from "zod";
import { MetricKey, WireNumber } from "../metrics/contract.ts";
import { RunCommand } from "../run-log/contract.ts";

/** Limits of the reporting API, published in the OpenAPI document and enforced at the edge. */
export const LIMITS = {
  bodyBytes: 16 * 1024 * 1024,
  pointsPerBatch: 100_000,
  stepsPerBatch: 50_000,
  keysPerBatch: 2_000,
  keysPerRun: 5_000,
  eventsPerBatch: 200,
  eventDataBytes: 16 * 1024,
  linesPerBatch: 2_000,
  lineLength: 4_000,
  configBytes: 256 * 1024,
  filesPerCheckpoint: 64,
  fileBytes: 50 * 1024 ** 3,
  samplesPerCall: 64,
} as const;

const Step = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Unix milliseconds up to the end of the year 9999: later, every database and browser writes dates differently. */
const Time = z.number().min(0).max(253_402_300_799_999);
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "A SHA-256 is 64 lower-case hexadecimal digits.");

/** A stretch of the plan, by step: the last stage ends where the plan ends. */
export const PlannedStage = z.object({ name: z.string().min(1).max(120), fromStep: Step });
export type PlannedStage = z.infer<typeof PlannedStage>;

/** What the run means to do; progress and the time of arrival are computed from it. */
export const Plan = z.object({
  steps: Step.optional(),
  tokens: Step.optional(),
  stages: z.array(PlannedStage).max(50).optional(),
});
export type Plan = z.infer<typeof Plan>;

export const RunConfig = z.record(z.string(), z.unknown());

export const StartRun = z.object({
  project: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,62}$/,
      "A project is 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit.",
    ),
  name: z.string().trim().min(1).max(120),
  config: RunConfig.default({}),
  planned: Plan.default({}),
  /** Chosen by the trainer; asking again with the same key resumes that run instead of opening a second. */
  key: z.string().min(1).max(120).optional(),
});
export type StartRun = z.infer<typeof StartRun>;
export type StartRunInput = z.input<typeof StartRun>;

/** `attempt` and `lastBatch` tell a resuming trainer where the portal stands; 0 means none yet. */
export const StartedRun = z.object({
  id: z.string(),
  resumed: z.boolean(),
  attempt: z.int(),
  lastBatch: z.int(),
  url: z.string(),
});
export type StartedRun = z.infer<typeof StartedRun>;

export const OpenAttempt = z.object({
  fromStep: Step,
  reason: z.string().trim().min(1).max(2_000),
});
export type OpenAttempt = z.infer<typeof OpenAttempt>;
export const OpenedAttempt = z.object({ attempt: z.int() });
export type OpenedAttempt = z.infer<typeof OpenedAttempt>;

/** Kinds of event; the drawing gives each its own mark. */
export const EventKind = z.enum([
  "start",
  "restart",
  "rollback",
  "stage",
  "data",
  "rate",
  "growth",
  "spike",
  "nan",
  "stall",
  "slow",
  "checkpoint",
  "evaluation",
  "release",
  "initiative",
  "command",
  "finish",
  "note",
]);
export type EventKind = z.infer<typeof EventKind>;

export const ReportedEvent = z.object({
  kind: EventKind,
  step: Step,
  time: Time.optional(),
  /** One plain sentence. */
  message: z.string().min(1).max(2_000),
  data: z.record(z.string(), z.unknown()).optional(),
  /** Set when this event acknowledges a command from the portal. */
  commandId: z.string().max(40).optional(),
});
export type ReportedEvent = z.infer<typeof ReportedEvent>;

export const RunEvent = z.object({
  id: z.string(),
  attempt: z.int(),
  kind: EventKind,
  step: z.number(),
  time: z.number(),
  message: z.string(),
  source: z.enum(["trainer", "server", "engineer"]),
  data: z.record(z.string(), z.unknown()).nullable(),
});
export type RunEvent = z.infer<typeof RunEvent>;

/** What of a run's events is asked for; `from` and `to` are steps, both included. */
export const EventFilter = z.object({
  kinds: z.array(EventKind).max(EventKind.options.length).optional(),
  attempt: z.int().min(1).max(2_147_483_647).optional(),
  from: Step.optional(),
  to: Step.optional(),
});
export type EventFilter = z.infer<typeof EventFilter>;
/** One event by its identifier, which is its anchor on the run's page: `/runs/RUN#evt_…`. */
export const FoundEvent = RunEvent.extend({ runId: z.string() });
export type FoundEvent = z.infer<typeof FoundEvent>;

/**
 * One numbered batch, columnar: `series[key][i]` belongs to `steps[i]` and `times[i]`; null where a
 * step has no value for a key. Batches of an attempt are numbered 1, 2, 3 … without holes; sending a
 * number again with the same content is answered like the first time and stores nothing.
 */
export const LogBatch = z.object({
  attempt: z.int().min(1),
  batch: z.int().min(1),
  steps: z.array(Step).max(LIMITS.stepsPerBatch).default([]),
  times: z.array(Time).max(LIMITS.stepsPerBatch).default([]),
  series: z.record(MetricKey, z.array(WireNumber.nullable())).default({}),
  events: z.array(ReportedEvent).max(LIMITS.eventsPerBatch).default([]),
  /** The trainer's console lines since the batch before. */
  lines: z.array(z.string().max(LIMITS.lineLength)).max(LIMITS.linesPerBatch).default([]),
});
export type LogBatch = z.infer<typeof LogBatch>;
export type LogBatchInput = z.input<typeof LogBatch>;

export const LogAnswer = z.object({
  accepted: z.int(),
  lastBatch: z.int(),
  seq: z.number(),
  commands: z.array(RunCommand),
  /** What of the batch was understood otherwise than it was meant; usually nothing. */
  warnings: z.array(z.string()).default([]),
});
export type LogAnswer = z.infer<typeof LogAnswer>;

/** A sign of life between batches. `intervalMs` is how often the trainer means to speak. */
export const Heartbeat = z.object({
  attempt: z.int().min(1),
  state: z.enum(["running", "paused"]).default("running"),
});
export type Heartbeat = z.infer<typeof Heartbeat>;
export const HeartbeatAnswer = z.object({ lastBatch: z.int(), commands: z.array(RunCommand) });
export type HeartbeatAnswer = z.infer<typeof HeartbeatAnswer>;

export const FinishRun = z.object({
  status: z.enum(["finished", "failed", "stopped"]),
  message: z.string().max(2_000).optional(),
});
export type FinishRun = z.infer<typeof FinishRun>;

/** A plain file name: no separators, no leading dot, nothing that a file system would interpret. */
export const FileName = z
  .string()
  .max(120)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    "A file name is letters, digits, dot, dash and underscore, beginning with a letter or digit.",
  );

export const DeclaredFile = z.object({
  name: FileName,
  size: z.int().min(0).max(LIMITS.fileBytes),
  sha256: Sha256,
});
export type DeclaredFile = z.infer<typeof DeclaredFile>;

/** Registers a checkpoint; asking again for the same attempt and step answers with what is still missing. */
export const RegisterCheckpoint = z.object({
  attempt: z.int().min(1),
  step: Step,
  tokens: Step.optional(),
  metrics: z.record(MetricKey, WireNumber).default({}),
  files: z.array(DeclaredFile).min(1).max(LIMITS.filesPerCheckpoint),
});
export type RegisterCheckpoint = z.infer<typeof RegisterCheckpoint>;

export const UploadState = z.object({
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  offset: z.number(),
  complete: z.boolean(),
});
export type UploadState = z.infer<typeof UploadState>;
export const RegisteredCheckpoint = z.object({
  id: z.string(),
  complete: z.boolean(),
  files: z.array(UploadState),
});
export type RegisteredCheckpoint = z.infer<typeof RegisteredCheckpoint>;

export const CheckpointFile = z.object({
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  url: z.string(),
});
export type CheckpointFile = z.infer<typeof CheckpointFile>;
export const Checkpoint = z.object({
  id: z.string(),
  runId: z.string(),
  attempt: z.int(),
  step: z.number(),
  tokens: z.number().nullable(),
  metrics: z.record(z.string(), WireNumber),
  createdAt: z.number(),
  bytes: z.number(),
  files: z.array(CheckpointFile),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** Text generated from a fixed prompt at a step. (attempt, step, prompt) is unique; the last one sent stays. */
export const Sample = z.object({
  prompt: z.string().min(1).max(4_000),
  text: z.string().max(20_000),
  task: z.string().max(60).default("continuation"),
  lang: z.string().max(20).optional(),
});
export type Sample = z.infer<typeof Sample>;
export const RecordSamples = z.object({
  attempt: z.int().min(1),
  step: Step,
  samples: z.array(Sample).min(1).max(LIMITS.samplesPerCall),
});
export type RecordSamples = z.infer<typeof RecordSamples>;
export const StoredSample = Sample.extend({
  attempt: z.int(),
  step: z.number(),
  lang: z.string().nullable(),
});
export type StoredSample = z.infer<typeof StoredSample>;

export const RecordEvaluation = z.object({
  attempt: z.int().min(1),
  step: Step,
  results: z.record(MetricKey, WireNumber),
});
export type RecordEvaluation = z.infer<typeof RecordEvaluation>;
export const StoredEvaluation = z.object({
  attempt: z.int(),
  step: z.number(),
  time: z.number(),
  results: z.record(z.string(), WireNumber),
});
export type StoredEvaluation = z.infer<typeof StoredEvaluation>;

export const Attempt = z.object({
  number: z.int(),
  fromStep: z.number(),
  reason: z.string(),
  startedAt: z.number(),
  /** The step at which the next attempt left it behind; null for the current one. */
  lastStep: z.number().nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

export const RunStatus = z.enum([
  "waiting",
  "live",
  "quiet",
  "stalled",
  "paused",
  "finished",
  "failed",
  "stopped",
]);
export type RunStatus = z.infer<typeof RunStatus>;

export const RunListItem = z.object({
  id: z.string(),
  project: z.string(),
  name: z.string(),
  status: RunStatus,
  step: z.number(),
  tokens: z.number().nullable(),
  updatedAt: z.number(),
  createdAt: z.number(),
  archived: z.boolean(),
});
export type RunListItem = z.infer<typeof RunListItem>;
export const RunList = z.object({ runs: z.array(RunListItem), next: z.string().nullable() });
export type RunList = z.infer<typeof RunList>;

export const RunDetail = RunListItem.extend({
  config: RunConfig,
  planned: Plan,
  attempt: z.int(),
  attempts: z.array(Attempt),
  keys: z.array(z.string()),
  /** Newest value of each key in the current attempt. */
  latest: z.record(z.string(), WireNumber),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  lastMessageAt: z.number().nullable(),
  /** Median of the recent gaps between messages, milliseconds; null before two messages. */
  messageIntervalMs: z.number().nullable(),
  paused: z.boolean(),
  seq: z.number(),
});
export type RunDetail = z.infer<typeof RunDetail>;

/** One frame of the live stream, `event: log`. Values keep their bare-word form as strings. */
export const LiveFrame = z.object({
  seq: z.number(),
  attempt: z.int(),
  steps: z.array(z.number()),
  times: z.array(z.number()),
  series: z.record(z.string(), z.array(WireNumber.nullable())),
  events: z.array(RunEvent),
  lines: z.array(z.string()),
});
export type LiveFrame = z.infer<typeof LiveFrame>;

/** `event: beat` of the live stream: the trainer gave a sign of life at `at`. It has no number and is not repeated. */
export const LiveBeat = z.object({ at: z.number(), paused: z.boolean() });
export type LiveBeat = z.infer<typeof LiveBeat>;

/** Lists that are longer than one answer go on at `next`, handed back as it is; null at the end. */
export const EventList = z.object({ events: z.array(RunEvent), next: z.string().nullable() });
export type EventList = z.infer<typeof EventList>;
export const SampleList = z.object({ samples: z.array(StoredSample), next: z.string().nullable() });
export type SampleList = z.infer<typeof SampleList>;
export const EvaluationList = z.object({
  evaluations: z.array(StoredEvaluation),
  next: z.string().nullable(),
});
export type EvaluationList = z.infer<typeof EvaluationList>;
export const CheckpointList = z.object({
  checkpoints: z.array(Checkpoint),
  next: z.string().nullable(),
});
export type CheckpointList = z.infer<typeof CheckpointList>;

/** One line of the trainer's console. Numbers rise by one within a run. */
export const ConsoleLine = z.object({
  number: z.number(),
  attempt: z.int(),
  time: z.number(),
  text: z.string(),
});
export type ConsoleLine = z.infer<typeof ConsoleLine>;
/** Lines in rising order; ask again with `after` = the last number to go on. */
export const LineList = z.object({ lines: z.array(ConsoleLine) });
export type LineList = z.infer<typeof LineList>;
/** The newest lines, current to `seq`: a live stream opened after it misses none and repeats none. */
export const LogTail = LineList.extend({ seq: z.number() });
export type LogTail = z.infer<typeof LogTail>;
