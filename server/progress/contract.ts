import { z } from "zod";
import { RunStatus } from "../runs/contract.ts";

/** When the run will reach the end of its plan: the middle of the guess and its tenth and ninetieth percentile, Unix ms. */
export const Arrival = z.object({ at: z.number(), early: z.number(), late: z.number() });
export type Arrival = z.infer<typeof Arrival>;

export const CurrentStage = z.object({
  name: z.string(),
  index: z.int(),
  of: z.int(),
  fromStep: z.number(),
  /** Null: the plan has no end. */
  toStep: z.number().nullable(),
  percent: z.number().nullable(),
});
export type CurrentStage = z.infer<typeof CurrentStage>;

/** How far a run is and what it has cost. Null wherever the run does not log what the figure is made of. */
export const RunProgress = z.object({
  runId: z.string(),
  status: RunStatus,
  /** What the percentage counts. `metric`: the run logs its progress itself. */
  basis: z.enum(["tokens", "steps", "metric"]).nullable(),
  done: z.number().nullable(),
  planned: z.number().nullable(),
  percent: z.number().nullable(),
  arrival: Arrival.nullable(),
  stage: CurrentStage.nullable(),
  step: z.number(),
  tokens: z.number().nullable(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  lastMessageAt: z.number().nullable(),
  /** Time since the current attempt began, without what came before; to the end where the run has ended. */
  uptimeMs: z.number().nullable(),
  /** Time since the first step. */
  elapsedMs: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  tokensPerSecondPerDevice: z.number().nullable(),
  mfu: z.number().nullable(),
  devices: z.number().nullable(),
  powerWatts: z.number().nullable(),
  energyKwh: z.number().nullable(),
  co2eKg: z.number().nullable(),
  cost: z.object({ value: z.number(), currency: z.string().nullable() }).nullable(),
  dataGb: z.number().nullable(),
});
export type RunProgress = z.infer<typeof RunProgress>;
