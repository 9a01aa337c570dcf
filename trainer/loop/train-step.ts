import type { BatchStream } from "../data/batch-stream.ts";
import { countTextBytes } from "../data/count-text.ts";
import { mixInForce } from "../data/draw-weights.ts";
import { TASKS } from "../data/make-sample.ts";
import { countBatch } from "../data/pack-rows.ts";
import type { TrainingSession } from "../engine/training-session.ts";
import type { Batch } from "../model/batch.ts";
import type { RunConfig } from "../recipes/run-config.ts";
import type { StepValues } from "../report/sink.ts";
import type { Vocabulary } from "../tokenizer/vocabulary.ts";
import { stepFlops } from "./count-flops.ts";
import { learningRate, stageAt } from "./stage-at.ts";
import type { Steering } from "./steering.ts";
import { taskLosses } from "./step-metrics.ts";

const GIB = 1024 ** 3;

/**
 * How far a run is. `successful` counts the steps that were applied; `tokens` the valid positions seen, and `textBytes`
 * the bytes of text that they stand for.
 */
export type Position = { step: number; successful: number; tokens: number; textBytes: number };

export type StepParts = {
  config: RunConfig;
  session: TrainingSession;
  stream: BatchStream;
  corpus: { vocabulary: Vocabulary };
  speed: Speed;
};

/** What the parts of a step and the machine can do, measured by themselves. */
export type Speed = {
  peakGflops: number;
  /** Of one batch; null until the first examination. */
  forwardMs: number | null;
  optimizerMs: number;
};

export type StepOutcome = {
  position: Position;
  values: StepValues;
  finite: boolean;
  batches: Batch[];
};

/** One optimizer step: takes batches of the mix, trains on them, and returns what is to be logged. */
export async function trainStep(
  parts: StepParts,
  before: Position,
  steering: Steering,
): Promise<StepOutcome> {
  const { config, session, stream, corpus } = parts;
  const step = before.step + 1;
  const startedAt = performance.now();
  const mix = mixInForce(stageAt(config, step).mix, steering.weights, stream.drawable());
  const batches = Array.from({ length: config.accumulate }, () => stream.next(mix));
  const preparedAt = performance.now();
  const lr = learningRate(config, step, before.successful + 1) * steering.rateFactor;
  const result = await take(session, batches, { learningRate: lr, step: before.successful + 1 });
  const executedAt = performance.now();
  const counts = batches.map(countBatch);
  const tokens = counts.reduce((sum, count) => sum + count.tokens, 0);
  const targets = counts.reduce((sum, count) => sum + count.targets, 0);
  const positions = batches.reduce((sum, { rows, length }) => sum + rows * length, 0);
  const position = {
    step,
    successful: before.successful + (result.finite ? 1 : 0),
    tokens: before.tokens + tokens,
    textBytes: batches.reduce(
      (sum, batch) => sum + countTextBytes(batch, corpus.vocabulary),
      before.textBytes,
    ),
  };
  const values: StepValues = {
    loss: result.loss,
    ...taskLosses(result.taskLoss),
    lr,
    grad_norm: result.gradNorm,
    tokens: position.tokens,
    "data/gb": position.textBytes / 1e9,
    "batch/token_fill": tokens / positions,
    "batch/mask_fill": targets / positions,
    "memory/rss_gib": process.memoryUsage.rss() / GIB,
    ...times(parts, {
      startedAt,
      preparedAt,
      executedAt,
      tokens,
      targets,
      length: batches[0]?.length ?? 0,
    }),
  };
  return { position, values, finite: result.finite, batches };
}

function take(
  session: TrainingSession,
  batches: Batch[],
  options: Parameters<TrainingSession["step"]>[1],
): ReturnType<TrainingSession["step"]> {
  const [only] = batches;
  return batches.length === 1 && only !== undefined
    ? session.step(only, options)
    : session.stepOver(batches, options);
}

type Clock = {
  startedAt: number;
  preparedAt: number;
  executedAt: number;
  tokens: number;
  targets: number;
  length: number;
};

/**
 * Throughput, utilisation, and where the time went. Forward, backward and optimizer run as one graph: the forward pass
 * and the optimizer are timed by themselves, and the rest is the backward pass's.
 */
function times({ config, speed }: StepParts, at: Clock): StepValues {
  const stepMs = at.executedAt - at.startedAt;
  const executeMs = at.executedAt - at.preparedAt;
  const gflops = stepFlops(config.model, at) / (1e6 * stepMs);
  // A peak that was measured while others had the processor is raised by the first step that does better.
  const peak = config.efficiency.peakGflops ?? Math.max(speed.peakGflops, gflops);
  speed.peakGflops = peak;
  const forwardMs = speed.forwardMs === null ? null : speed.forwardMs * config.accumulate;
  return {
    "throughput/tokens_per_second": (1000 * at.tokens) / stepMs,
    "throughput/gflops": gflops,
    "efficiency/mfu": gflops / peak,
    "time/step_ms": stepMs,
    "time/data_ms": at.preparedAt - at.startedAt,
    "time/execute_ms": executeMs,
    "time/optimizer_ms": speed.optimizerMs,
    ...(forwardMs === null
      ? {}
      : {
          "time/forward_ms": forwardMs,
          "time/backward_ms": Math.max(0, executeMs - forwardMs - speed.optimizerMs),
        }),
  };
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
