import { z } from "zod";
import { LogBatch, RecordEvaluation, RecordSamples } from "#server/runs/contract.ts";

const Local = z.int().min(1);

/**
 * What the trainer wants the portal to know, in order. Attempts and batches carry the trainer's own numbers, so that
 * a run may begin while the portal is away; the sender translates them into the portal's.
 */
export const JournalRecord = z.discriminatedUnion("kind", [
  /** First record of a file: where the numbering stands when everything before has been acknowledged. */
  z.object({ kind: z.literal("header"), attempt: z.int(), batch: z.int(), step: z.int() }),
  z.object({ kind: z.literal("attempt"), attempt: Local, fromStep: z.int(), reason: z.string() }),
  z.object({ kind: z.literal("log"), body: LogBatch }),
  z.object({ kind: z.literal("samples"), body: RecordSamples }),
  z.object({ kind: z.literal("evaluation"), body: RecordEvaluation }),
  z.object({
    kind: z.literal("checkpoint"),
    attempt: Local,
    step: z.int(),
    tokens: z.int(),
    directory: z.string(),
    files: z.array(z.string()),
    metrics: z.record(z.string(), z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])])),
  }),
  z.object({
    kind: z.literal("finish"),
    status: z.enum(["finished", "failed", "stopped"]),
    message: z.string(),
  }),
]);
export type JournalRecord = z.infer<typeof JournalRecord>;
