import { writeSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createJsonlSink, jsonLine, logFileName, OCCASIONS_FILE } from "./jsonl.ts";

const VALUES = {
  "time/data_ms": 2,
  loss: 3.5,
  "loss/infill": 3.25,
  lr: 0.01,
  grad_norm: Number.NaN,
  tokens: 4_000,
  "throughput/tokens_per_second": 9_000,
  "time/step_ms": 250,
  "batch/token_fill": 0.9,
  "batch/mask_fill": 0.4,
  "memory/rss_gib": 1.5,
};

test("a file's day turns at 16:00 in Beijing, which is 08:00 UTC", () => {
  expect(logFileName(Date.UTC(2026, 10, 24, 7, 59))).toBe("log.20261124.txt");
  expect(logFileName(Date.UTC(2026, 10, 24, 8, 0))).toBe("log.20261125.txt");
});

test("a line has the original's keys, and NaN as the bare word that its readers know", () => {
  const line = jsonLine(12, 1_500, VALUES);
  expect(line).toContain('"grad_norm":NaN');
  expect(JSON.parse(line.replace("NaN", "null"))).toEqual({
    time: 1.5,
    iter: 12,
    loss: 3.5,
    lr: 0.01,
    "lr scale": 1,
    "avg time (s)": 0.25,
    "token/max": 0.9,
    "token pass": 4_000,
    "throughout (token/s)": 9_000,
    grad_norm: null,
    "mask/max": 0.4,
    num_gpus: 1,
    "mem usage": { step: [1.5, 1.5] },
    task_loss: { infill: 3.25 },
    metrics: { "time/data_ms": 2 },
  });
});

test("lines are appended, also by a later start, and a new day has a file of its own", async () => {
  const directory = await mkdtemp(join(tmpdir(), "jsonl-"));
  let now = Date.UTC(2026, 10, 24, 7, 0);
  for (const step of [1, 2]) {
    const sink = createJsonlSink(directory, { clock: () => now });
    sink.log(step, VALUES);
    await sink.close(0);
  }
  now += 3_600_000;
  const sink = createJsonlSink(directory, { clock: () => now });
  sink.log(3, VALUES);
  await sink.close(0);
  const files = (await readdir(directory)).sort();
  const counts = await Promise.all(
    files.map(
      async (file) => (await readFile(join(directory, file), "utf8")).trim().split("\n").length,
    ),
  );
  expect([files, counts]).toEqual([
    ["log.20261124.txt", "log.20261125.txt"],
    [2, 1],
  ]);
  await rm(directory, { recursive: true });
});

test("what happens between steps is kept in order, in a file of its own", async () => {
  const directory = await mkdtemp(join(tmpdir(), "jsonl-"));
  const sink = createJsonlSink(directory, { clock: () => 5_000 });
  sink.event({ kind: "spike", step: 3, message: "It rose." });
  sink.samples(4, [{ prompt: "春", text: "江", task: "continuation", lang: "zh" }]);
  sink.rollback(2, "Back.");
  await sink.close(0);
  const lines = (await readFile(join(directory, OCCASIONS_FILE), "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { time: 5, kind: "event", event: "spike", step: 3 },
    { kind: "samples", step: 4 },
    { kind: "rollback", fromStep: 2 },
  ]);
});

test("a full disk loses no line and breaks none: they are written when there is room", async () => {
  const directory = await mkdtemp(join(tmpdir(), "jsonl-"));
  let room = 100;
  const notes: string[] = [];
  const sink = createJsonlSink(directory, {
    notify: (text) => notes.push(text),
    write: (file, bytes) => {
      const some = writeSync(file, bytes.subarray(0, Math.min(room, 64)));
      room -= some;
      if (some === 0) {
        throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      }
      return some;
    },
  });
  for (const step of [1, 2, 3]) {
    sink.event({ kind: "note", step, message: "Something happened." });
  }
  expect(notes).toHaveLength(1);
  room = 10_000;
  sink.event({ kind: "note", step: 4, message: "There is room." });
  await sink.close(0);
  const lines = (await readFile(join(directory, OCCASIONS_FILE), "utf8")).trim().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { step: number }).step)).toEqual([1, 2, 3, 4]);
});
