import { z } from "zod";

const Step = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const PLAIN_COMMANDS = ["pause", "resume", "checkpoint", "stop"] as const;
export const CommandKind = z.enum([...PLAIN_COMMANDS, "rate", "weights", "rollback"]);
export type CommandKind = z.infer<typeof CommandKind>;

/** Multiplies the learning rate of the recipe's schedule from the next step on; 1 is the schedule as planned. */
export const RatePayload = z.object({ factor: z.number().positive().max(100) });
/** Weights of the data sources by name instead of the stage's mix; none at all returns to the mix. */
export const WeightsPayload = z.object({
  weights: z
    .record(z.string().min(1).max(120), z.number().min(0).max(1e6))
    .refine(
      (weights) =>
        Object.keys(weights).length === 0 || Object.values(weights).some((weight) => weight > 0),
      "At least one weight must be above 0; send none at all to return to the stage's mix.",
    ),
});
/** Goes back to the checkpoint of that step and trains on from there in a new attempt. */
export const RollbackPayload = z.object({ checkpoint: Step });

/** Something the portal asks of the trainer; repeated in every answer until an event names its id. */
export const RunCommand = z.object({
  id: z.string(),
  kind: CommandKind,
  reason: z.string(),
  payload: z.record(z.string(), z.unknown()).nullable(),
});
export type RunCommand = z.infer<typeof RunCommand>;

const CommandReason = z.string().trim().min(1).max(2_000);
export const SendCommand = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(PLAIN_COMMANDS), reason: CommandReason }),
  z.object({ kind: z.literal("rate"), reason: CommandReason, payload: RatePayload }),
  z.object({ kind: z.literal("weights"), reason: CommandReason, payload: WeightsPayload }),
  z.object({ kind: z.literal("rollback"), reason: CommandReason, payload: RollbackPayload }),
]);
export type SendCommand = z.infer<typeof SendCommand>;

/** A command as everyone may read it. */
export const StoredCommand = RunCommand.extend({
  /** The engineer's name; null: it came with a control token. */
  by: z.string().nullable(),
  createdAt: z.number(),
  /** When the trainer said what it did; null while it has not. */
  acknowledgedAt: z.number().nullable(),
  /** What it said: the event that stands on the curve. */
  answer: z.object({ eventId: z.string(), message: z.string(), refused: z.boolean() }).nullable(),
});
export type StoredCommand = z.infer<typeof StoredCommand>;
/** Newest first. */
export const CommandList = z.object({ commands: z.array(StoredCommand) });
export type CommandList = z.infer<typeof CommandList>;

/** What the event that acknowledges a command carries as `data.command`. */
export const AcknowledgedCommand = RunCommand.omit({ id: true }).extend({
  by: z.string().nullable(),
});
export type AcknowledgedCommand = z.infer<typeof AcknowledgedCommand>;
