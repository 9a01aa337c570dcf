import type { BatchStream } from "../data/batch-stream.ts";
import { TASKS } from "../data/make-sample.ts";
import { countBatch } from "../data/pack-rows.ts";
import type { TrainingSession } from "../engine/training-session.ts";
import type { RunConfig } from "../recipes/run-config.ts";
import type { StepValues } from "../report/sink.ts";
import { learningRate, stageAt } from "./stage-at.ts";

const GIB = 1024 ** 3;

/** How far a run is. `successful` counts the steps that were applied; `tokens` the valid positions seen. */
export type Position = { step: number; successful: number; tokens: number };

export type StepParts = { config: RunConfig; session: TrainingSession; stream: BatchStream };

export type StepOutcome = { position: Position; values: StepValues; finite: boolean };

/** One optimizer step: takes a batch of the stage's mix, trains on it, and returns what is to be logged. */
export async function trainStep(
  { config, session, stream }: StepParts,
  before: Position,
): Promise<StepOutcome> {
  const step = before.step + 1;
  const startedAt = performance.now();
  const batch = stream.next(stageAt(config, step).mix);
  const { tokens, targets } = countBatch(batch);
  const lr = learningRate(config, step, before.successful + 1);
  const preparedAt = performance.now();
  const result = await session.step(batch, { learningRate: lr, step: before.successful + 1 });
  const executedAt = performance.now();
  const stepMs = performance.now() - startedAt;
  const positions = batch.rows * batch.length;
  const position = {
    step,
    successful: before.successful + (result.finite ? 1 : 0),
    tokens: before.tokens + tokens,
  };
  const values: StepValues = {
    loss: result.loss,
    ...taskLosses(result.taskLoss),
    lr,
    grad_norm: result.gradNorm,
    tokens: position.tokens,
    "throughput/tokens_per_second": (1000 * tokens) / stepMs,
    "time/step_ms": stepMs,
    "time/data_ms": preparedAt - startedAt,
    "time/execute_ms": executedAt - preparedAt,
    "memory/rss_gib": process.memoryUsage.rss() / GIB,
    "batch/token_fill": tokens / positions,
    "batch/mask_fill": targets / positions,
  };
  return { position, values, finite: result.finite };
}

/** A task without a target in this batch has no loss, and no point. */
function taskLosses(losses: number[]): StepValues {
  const named = TASKS.map((name, task) => [`loss/${name}`, losses[task] ?? Number.NaN] as const);
  return Object.fromEntries(named.filter(([, loss]) => !Number.isNaN(loss)));
}

/** The console line of the original trainer. */
export function formatStep(step: number, values: StepValues): string {
  const fixed = (name: string): string => (values[name] ?? Number.NaN).toFixed(4);
  const seconds = ((values["time/step_ms"] ?? 0) / 1000).toFixed(4);
  const tasks = TASKS.filter((name) => values[`loss/${name}`] !== undefined).map(
    (name) => `${name} loss: ${fixed(`loss/${name}`)}`,
  );
  return [
    `| Iter: ${String(step).padStart(6)}`,
    `loss: ${fixed("loss")}`,
    `lr: ${(values["lr"] ?? 0).toExponential(4)}`,
    `time: ${seconds}`,
    `token/max: ${fixed("batch/token_fill")}`,
    `mask/max: ${fixed("batch/mask_fill")}`,
    `grad_norm: ${fixed("grad_norm")}`,
    ...tasks,
  ].join(" | ");
}
