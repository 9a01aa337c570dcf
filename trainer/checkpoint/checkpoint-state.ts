import { createHash } from "node:crypto";
import { z } from "zod";
import { DataState } from "../data/batch-stream.ts";
import { SpikeState } from "../loop/spike-detector.ts";
import { Steering } from "../loop/steering.ts";
import { RunConfig } from "../recipes/run-config.ts";
import { migrateState } from "./migrate-state.ts";

export const FORMAT_VERSION = 3;

const WrittenFile = z.object({ size: z.int().min(0), sha256: z.string() });

/**
 * `state.json`: all that is not a tensor. `step` counts steps, `schedulerStep` the successful ones among them.
 * `tokens` is the number of valid positions seen. `report` tells how far the run had been reported.
 */
export const CheckpointState = z.object({
  formatVersion: z.literal(FORMAT_VERSION),
  step: z.int().min(0),
  schedulerStep: z.int().min(0),
  tokens: z.int().min(0),
  /** Of the text that the tokens stand for; not counted by older trainers. */
  textBytes: z.int().min(0).default(0),
  data: DataState,
  config: RunConfig,
  steering: Steering,
  /** The last losses, by which the next one is judged. */
  spikes: SpikeState,
  /** What the run has used so far. */
  energy: z.object({ joules: z.number(), ms: z.number() }),
  report: z.object({ runId: z.string().nullable(), attempt: z.int(), lastBatch: z.int() }),
  metrics: z.record(z.string(), z.number()),
  files: z.record(z.string(), WrittenFile),
});
export type CheckpointState = z.infer<typeof CheckpointState>;

const Sealed = z.object({ sha256: z.string(), state: z.unknown() });

/** The file's text: the state and the SHA-256 of its JSON, so that damage to it is noticed as well. */
export function sealState(state: CheckpointState): string {
  const json = JSON.stringify(state);
  return `{"sha256":"${sha256(json)}","state":${json}}\n`;
}

/** Null: the text is not a state, or not the one that was sealed. One of an older version is brought to the present form. */
export function openState(text: string): CheckpointState | null {
  try {
    const { sha256: expected, state } = Sealed.parse(JSON.parse(text));
    return sha256(JSON.stringify(state)) === expected
      ? CheckpointState.parse(migrateState(state))
      : null;
  } catch {
    return null;
  }
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
