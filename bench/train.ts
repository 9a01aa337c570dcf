// Speed, time per step and memory of training through ONNX Runtime.  Options: --threads 1,2  --steps 20  --case 4x128

import { parseArgs } from "node:util";
import { createTrainingSession, freshTrainState } from "#trainer/engine/training-session.ts";
import { type Batch, emptyBatch } from "#trainer/model/batch.ts";
import { ModelConfig } from "#trainer/model/config.ts";
import { initParameters } from "#trainer/model/parameters.ts";
import { createRandom } from "#trainer/model/random.ts";
import type { BenchReport } from "./main.ts";

type Case = { name: string; layers: number; width: number; length: number; rows: number };

/** From small to large: the peak of memory is that of the process, so exact for the first and with --case. */
const CASES: Case[] = [
  { name: "4x128", layers: 4, width: 128, length: 128, rows: 16 },
  { name: "6x256", layers: 6, width: 256, length: 256, rows: 8 },
  { name: "8x512", layers: 8, width: 512, length: 256, rows: 4 },
];

/** Steps before the clock starts: ONNX Runtime plans its memory in the first two. */
const WARM_UP = 3;

export async function run(report: BenchReport, options: string[]): Promise<void> {
  const { values } = parseArgs({
    args: options,
    options: {
      threads: { type: "string", default: "1,2" },
      steps: { type: "string", default: "20" },
      case: { type: "string" },
    },
  });
  for (const shape of CASES.filter(({ name }) => name === (values.case ?? name))) {
    for (const threads of values.threads.split(",").map(Number)) {
      await measure(report, { shape, threads, steps: Number(values.steps) });
    }
  }
}

async function measure(
  report: BenchReport,
  { shape, threads, steps }: { shape: Case; threads: number; steps: number },
): Promise<void> {
  const config = configOf(shape);
  const batch = typicalBatch(shape, config);
  const session = await createTrainingSession({
    config,
    rows: shape.rows,
    length: shape.length,
    tasks: 3,
    state: freshTrainState(initParameters(config, 1234)),
    optimizer: { beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01, clip: 1 },
    executor: "onnx",
    threads,
  });
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let step = 1; step <= WARM_UP + steps; step++) {
    const started = performance.now();
    const before = process.cpuUsage();
    await session.step(batch, { learningRate: 1e-3, step });
    const used = process.cpuUsage(before);
    if (step > WARM_UP) {
      wall.push(performance.now() - started);
      cpu.push((used.user + used.system) / 1000);
    }
  }
  await session.release();
  const name = `${shape.name} ${shape.length}x${shape.rows}, ${threads} threads`;
  const tokens = shape.rows * shape.length;
  report({
    case: name,
    metric: "tokens_per_second",
    value: Math.round((1000 * tokens) / median(wall)),
    unit: "tokens/s",
  });
  report({ case: name, metric: "cpu_per_step", value: Math.round(median(cpu)), unit: "ms" });
  report({
    case: name,
    metric: "peak_rss",
    value: Math.round(process.resourceUsage().maxRSS / 1024),
    unit: "MiB",
  });
}

function configOf(shape: Case): ModelConfig {
  return ModelConfig.parse({
    vocab_size: 4096,
    dim_model: shape.width,
    dim_ff: 2.5 * shape.width,
    num_layers: shape.layers,
    num_heads: shape.width / 32,
    dim_head: 32,
    dropout_p: 0,
    position_bias_num_buckets: 512,
    position_bias_max_distance: 2048,
    eps: 1e-6,
    half: false,
    prompt_types: 32,
    prompt_length: 8,
    segment_types: 32,
  });
}

/** Full rows of one sample each, of which the later half must be predicted. */
function typicalBatch(shape: Case, config: ModelConfig): Batch {
  const random = createRandom(1);
  const batch = emptyBatch(shape.rows, shape.length);
  const prompt = config.prompt_length;
  for (let i = 0; i < batch.input.length; i++) {
    const position = i % shape.length;
    const isPrompt = position < prompt;
    batch.isPrompt[i] = isPrompt ? 1 : 0;
    batch.input[i] = isPrompt
      ? 2 * prompt + position
      : Math.floor(random.uniform() * config.vocab_size);
    batch.segment[i] = isPrompt ? 0 : 2;
    batch.context[i] = position < shape.length / 2 ? 1 : 0;
  }
  for (let i = 0; i + 1 < batch.input.length; i++) {
    if ((i + 1) % shape.length !== 0 && batch.context[i + 1] === 0) {
      batch.target[i] = batch.input[i + 1] ?? 0;
      batch.task[i] = 1;
    }
  }
  batch.lengths.fill(shape.length);
  return batch;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
