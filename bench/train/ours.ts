// Our side of bench/train.ts, in a process of its own so that its peak of memory is its own: DIR as for peer.py.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createTrainingSession, freshTrainState } from "#trainer/engine/training-session.ts";
import type { Batch } from "#trainer/model/batch.ts";
import { initParameters } from "#trainer/model/parameters.ts";
import type { Job } from "../train.ts";

const directory = process.argv[2] ?? ".";
const job = JSON.parse(readFileSync(join(directory, "job.json"), "utf8")) as Job;
const batch = revive(job.batch);
const session = await createTrainingSession({
  config: job.config,
  rows: batch.rows,
  length: batch.length,
  tasks: 3,
  state: freshTrainState(initParameters(job.config, job.seed)),
  optimizer: job.optimizer,
  executor: "onnx",
  threads: job.threads,
});
say({ ready: "onnxruntime-node", threads: job.threads });

let step = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const wallMs: number[] = [];
  const cpuMs: number[] = [];
  let loss = Number.NaN;
  for (let i = 0; i < Number(line); i++) {
    step += 1;
    const startedAt = performance.now();
    const before = process.cpuUsage();
    ({ loss } = await session.step(batch, { learningRate: job.learningRate, step }));
    const used = process.cpuUsage(before);
    wallMs.push(performance.now() - startedAt);
    cpuMs.push((used.user + used.system) / 1000);
  }
  say({ wallMs, cpuMs, loss, peakMib: process.resourceUsage().maxRSS / 1024 });
}
process.exit(0);

function revive(values: Job["batch"]): Batch {
  const { rows, length } = values;
  const ints = (name: "input" | "segment" | "span" | "lengths" | "target" | "task") =>
    Int32Array.from(values[name]);
  return {
    rows,
    length,
    input: ints("input"),
    isPrompt: Uint8Array.from(values.isPrompt),
    context: Uint8Array.from(values.context),
    segment: ints("segment"),
    span: ints("span"),
    lengths: ints("lengths"),
    target: ints("target"),
    task: ints("task"),
  };
}

function say(message: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
