import { appendFileSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openState } from "../checkpoint/checkpoint-state.ts";
import { createJsonlSink, OCCASIONS_FILE } from "../report/jsonl.ts";
import { readRun } from "./read-run.ts";
import { usageOf } from "./summarize-run.ts";
import { writeReport } from "./write-report.ts";

const STORED = join(import.meta.dirname, "..", "checkpoint", "stored-state-1.json");

/** A hundred steps of one second, of which step 60 was trained again after a restart. */
async function logRun(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "report-"));
  let now = Date.UTC(2026, 10, 24);
  const always = { grad_norm: 1, lr: 0.1, "throughput/tokens_per_second": 100 };
  const sink = createJsonlSink(directory, { clock: () => now });
  for (const step of [...Array.from({ length: 60 }, (_, i) => i + 1), 60]) {
    now += 1000;
    sink.log(step, { ...always, loss: 9 - step / 20, "loss/infill": 8, tokens: 100 * step });
  }
  // Ten minutes pass between two processes, and one step is not finite.
  now += 600_000;
  for (let step = 61; step <= 100; step++) {
    now += 1000;
    const loss = step === 70 ? Number.NaN : 9 - step / 20;
    sink.log(step, { ...always, loss, tokens: 100 * step, "energy/kwh": step / 1000 });
  }
  sink.event({ kind: "spike", step: 70, message: "It rose." });
  sink.evaluation(100, { "eval/loss": 4.25 });
  sink.samples(100, [{ prompt: "春江", text: "花月夜\n人", task: "continuation", lang: "zh" }]);
  await sink.close(0);
  // A crash cut the last line short.
  appendFileSync(join(directory, OCCASIONS_FILE), '{"kind":"event","st');
  return directory;
}

test("a report tells losses, samples, use and events of a run, each step once, and draws its curves", async () => {
  const directory = await logRun();
  const run = await readRun(directory);
  expect(run.steps.map(({ step }) => step)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  const usage = usageOf(run);
  expect([usage.tokens, usage.kwh]).toEqual([10_000, 0.1]);
  expect(usage.trainedMinutes).toBeCloseTo(99 / 60, 1);

  const state = openState(readFileSync(STORED, "utf8"));
  if (state === null) {
    throw new Error("The stored state must be readable.");
  }
  const path = join(directory, "run.md");
  await writeReport(path, { run, state });
  const text = await readFile(path, "utf8");
  for (const part of [
    "| 100 | 10000 |",
    "4.250",
    "**春江**花月夜 / 人",
    "Weights of the tasks: plain 1.",
    "spike: It rose.",
    "0.1000 kWh",
  ]) {
    expect(text).toContain(part);
  }
  const drawings = await readdir(join(directory, "run"));
  expect(drawings.sort()).toEqual(["loss.svg", "rate.svg", "speed.svg", "tasks.svg"]);
  const svg = await readFile(join(directory, "run", "loss.svg"), "utf8");
  expect(svg).not.toContain("NaN");
  expect(svg.match(/<path d="M[\d.]+ [\d.]+L/g)).toHaveLength(2);
});

test("a directory without a log is refused with what to name instead", async () => {
  const empty = await mkdtemp(join(tmpdir(), "report-"));
  await expect(readRun(empty)).rejects.toThrow("--out");
});
