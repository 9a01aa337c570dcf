import { z } from "zod";
import { ModelConfig } from "../model/config.ts";
import { DataConfig } from "./data-config.ts";

const Count = z.int().min(1);
const Share = z.number().min(0);

/**
 * A stretch of the run. `mix` weighs the sources by name. The learning rate of the schedule is multiplied by a
 * factor that goes in a straight line from `rate[0]` at the stage's first step to `rate[1]` at its last.
 */
export const Stage = z.object({
  name: z.string().min(1),
  fromStep: z.int().min(0),
  mix: z.record(z.string(), Share),
  rate: z.tuple([Share, Share]),
  /** Rows of a batch and their length, where they differ from the recipe's. */
  rows: Count.optional(),
  length: Count.optional(),
});
export type Stage = z.infer<typeof Stage>;

/** Factors by which a run's energy, carbon and cost are told, and its speed is compared with the machine's. */
export const Efficiency = z.object({
  /** Peak of the machine in single precision, 10⁹ operations a second; null: measured when the training starts. */
  peakGflops: z.number().positive().nullable(),
  /** Power of the machine while it trains, used where the processor's energy counters cannot be read. */
  watts: z.number().positive(),
  kgCo2ePerKwh: Share,
  pricePerKwh: Share,
  pricePerHour: Share,
  currency: z.string().min(1),
});

export const SamplePrompt = z.object({ text: z.string().min(1), lang: z.enum(["zh", "en"]) });

/** Everything that decides a run's numbers; a recipe is a function that returns one. */
export const RunConfig = z.object({
  name: z.string().min(1),
  project: z.string().min(1),
  seed: z.int(),
  model: ModelConfig,
  data: DataConfig,
  optimizer: z.object({
    beta1: z.number(),
    beta2: z.number(),
    eps: z.number(),
    weightDecay: Share,
    clip: z.number().positive(),
  }),
  /** So many batches are taken for one step; their gradients are summed. */
  accumulate: Count,
  schedule: z.object({ base: z.number().positive(), warmup: Count }),
  steps: Count,
  stages: z.array(Stage).min(1),
  evalEvery: Count,
  /** Every so many steps each tensor and its gradient are looked at. */
  inspectEvery: Count,
  firstCheckpoint: Count,
  checkpointEvery: Count,
  /** The last `last` checkpoints stay, and every one whose step is a multiple of `every`. */
  keep: z.object({ last: Count, every: Count }),
  /** Files of a checkpoint that go to the portal. */
  upload: z.array(z.string()),
  /** A console line every so many steps. */
  logEvery: Count,
  samples: z.object({
    maxTokens: Count,
    temperature: z.number().positive(),
    topP: z.number().positive().max(1),
    prompts: z.array(SamplePrompt),
  }),
  efficiency: Efficiency,
  executor: z.enum(["onnx", "wasm"]),
  threads: Count,
});
export type RunConfig = z.infer<typeof RunConfig>;
