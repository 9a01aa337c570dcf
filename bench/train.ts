// Training through ONNX Runtime against the same model in tuned PyTorch.  Options: --steps 20  --case 4x128  --threads 2

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { type Batch, emptyBatch } from "#trainer/model/batch.ts";
import { ModelConfig } from "#trainer/model/config.ts";
import { initParameters, type NamedTensors } from "#trainer/model/parameters.ts";
import { createRandom } from "#trainer/model/random.ts";
import type { BenchReport } from "./main.ts";

type Case = { name: string; layers: number; width: number; length: number; rows: number };

const CASES: Case[] = [
  { name: "4x128", layers: 4, width: 128, length: 128, rows: 16 },
  { name: "6x256", layers: 6, width: 256, length: 256, rows: 8 },
  { name: "8x512", layers: 8, width: 512, length: 256, rows: 4 },
];

/** Steps before the clock starts: memory is planned and pools grow in the first ones. */
const WARM_UP = 3;
/** Steps before the other one's turn: what disturbs the machine then disturbs both. */
const TURN = 4;
const FASTER = 1.1;
const MEMORY = 1.5;
const SEED = 1234;

type Numbers<T> = { [K in keyof T]: T[K] extends ArrayLike<number> ? number[] : T[K] };

/** What both sides read. */
export type Job = {
  config: ModelConfig;
  seed: number;
  threads: number;
  learningRate: number;
  optimizer: { beta1: number; beta2: number; eps: number; weightDecay: number; clip: number };
  weights: [string, number[]][];
  batch: Numbers<Required<Omit<Batch, "samples">>>;
};

type Turn = { wallMs: number[]; cpuMs: number[]; loss: number; peakMib: number };
type Side = { name: string; turn(steps: number): Promise<Turn>; stop(): Promise<void> };

export async function run(report: BenchReport, options: string[]): Promise<void> {
  const { values } = parseArgs({
    args: options,
    options: {
      threads: { type: "string", default: "2" },
      steps: { type: "string", default: "20" },
      case: { type: "string" },
      python: { type: "string", default: "/usr/bin/python3" },
    },
  });
  const python = findTorch(values.python);
  for (const shape of CASES.filter(({ name }) => name === (values.case ?? name))) {
    const directory = mkdtempSync(join(tmpdir(), "bench-train-"));
    try {
      writeJob(directory, shape, Number(values.threads));
      await compare(report, { shape, directory, python, steps: Number(values.steps) });
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
}

/** The interpreter if it can load PyTorch; without one our side is measured alone. */
function findTorch(python: string): string | null {
  const found = spawnSync(python, ["-c", "import torch"], { stdio: "ignore" }).status === 0;
  if (!found) {
    console.error(
      `${python} has no PyTorch: only our own figures follow. Debian's package is python3-torch.`,
    );
  }
  return found ? python : null;
}

async function compare(
  report: BenchReport,
  o: { shape: Case; directory: string; python: string | null; steps: number },
): Promise<void> {
  const { shape, directory, python, steps } = o;
  const ours = await start("ours", process.execPath, [
    join(import.meta.dirname, "train", "ours.ts"),
    directory,
  ]);
  const peer =
    python === null
      ? null
      : await start("PyTorch", python, [join(import.meta.dirname, "train", "peer.py"), directory]);
  const sides = peer === null ? [ours] : [ours, peer];
  const turns = new Map(sides.map((side) => [side.name, [] as Turn[]]));
  const losses = await Promise.all(sides.map(async (side) => (await side.turn(1)).loss));
  for (const side of sides) {
    await side.turn(WARM_UP - 1);
  }
  for (let done = 0; done < steps; done += TURN) {
    for (const side of sides) {
      turns.get(side.name)?.push(await side.turn(TURN));
    }
  }
  for (const side of sides) {
    await side.stop();
  }
  const [first, second] = sides.map(({ name }) => summarize(turns.get(name) ?? [], shape));
  if (first !== undefined) {
    publish(report, `${shape.name}, ${shape.length} × ${shape.rows}`, { first, second, losses });
  }
}

type Summary = { tokensPerSecond: number; cpuMs: number; peakMib: number };

function summarize(turns: Turn[], { rows, length }: Case): Summary {
  const wall = median(turns.flatMap(({ wallMs }) => wallMs));
  return {
    tokensPerSecond: Math.round((1000 * rows * length) / wall),
    cpuMs: Math.round(median(turns.flatMap(({ cpuMs }) => cpuMs))),
    peakMib: Math.round(Math.max(...turns.map(({ peakMib }) => peakMib))),
  };
}

function publish(
  report: BenchReport,
  name: string,
  found: { first: Summary; second: Summary | undefined; losses: number[] },
): void {
  const { first, second, losses } = found;
  const [ours = Number.NaN, peer] = losses;
  report({
    case: name,
    metric: "tokens_per_second",
    value: first.tokensPerSecond,
    unit: "tokens/s",
    ...(second === undefined
      ? {}
      : {
          peer: second.tokensPerSecond,
          bar: { atLeast: Math.ceil(FASTER * second.tokensPerSecond) },
        }),
  });
  report({
    case: name,
    metric: "cpu_per_step",
    value: first.cpuMs,
    unit: "ms",
    ...(second === undefined ? {} : { peer: second.cpuMs }),
  });
  report({
    case: name,
    metric: "peak_rss",
    value: first.peakMib,
    unit: "MiB",
    ...(second === undefined
      ? {}
      : { peer: second.peakMib, bar: { atMost: Math.floor(MEMORY * second.peakMib) } }),
  });
  report({
    case: name,
    metric: "first_loss",
    value: ours,
    unit: "nat",
    ...(peer === undefined ? {} : { peer, bar: { atMost: peer + 1e-3 } }),
  });
}

/**
 * A side in its own process. PyTorch is given its best conditions: its threads wait without spinning, freed memory stays
 * with the process, and no setting of this machine holds OpenBLAS back from the kernels of its processor.
 */
async function start(name: string, command: string, args: string[]): Promise<Side> {
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _size, ...env } = process.env;
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      ...env,
      OMP_WAIT_POLICY: "passive",
      MALLOC_TRIM_THRESHOLD_: String(2 ** 34),
      MALLOC_MMAP_THRESHOLD_: String(2 ** 34),
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done === true) {
      throw new Error(`${name} ended before it answered; its own message stands above.`);
    }
    return JSON.parse(value) as T;
  };
  await next();
  return {
    name,
    turn(steps) {
      child.stdin.write(`${steps}\n`);
      return next<Turn>();
    },
    stop: () => ended(child),
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("close", () => resolve());
    child.stdin?.end();
  });
}

function writeJob(directory: string, shape: Case, threads: number): void {
  const config = configOf(shape);
  const parameters = initParameters(config, SEED);
  const { samples: _, ...batch } = typicalBatch(shape, config);
  const job: Job = {
    config,
    seed: SEED,
    threads,
    learningRate: 1e-3,
    optimizer: { beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01, clip: 1 },
    weights: [...parameters].map(([name, tensor]) => [name, tensor.shape]),
    batch: Object.fromEntries(
      Object.entries(batch).map(([name, value]) => [
        name,
        typeof value === "number" ? value : Array.from(value),
      ]),
    ) as Job["batch"],
  };
  writeFileSync(join(directory, "job.json"), JSON.stringify(job));
  writeFileSync(join(directory, "weights.bin"), flatten(parameters));
}

function flatten(parameters: NamedTensors): Uint8Array {
  return Buffer.concat([...parameters.values()].map(({ data }) => Buffer.from(data.buffer)));
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
