import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { OCCASIONS_FILE } from "../report/jsonl.ts";
import { TrainerError } from "../trainer-error.ts";

/** What one step told, by metric name; `time` in seconds. */
export type LoggedStep = { step: number; time: number; values: Record<string, number> };

const Value = z.number().nullable();
const Line = z.object({
  time: z.number(),
  iter: z.int(),
  loss: Value,
  lr: Value,
  "avg time (s)": Value,
  "token pass": Value,
  "throughout (token/s)": Value,
  grad_norm: Value,
  "mem usage": z.object({ step: z.array(Value) }),
  task_loss: z.record(z.string(), Value),
  metrics: z.record(z.string(), Value).default({}),
});

const Occasion = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("event"),
    time: z.number(),
    event: z.string(),
    step: z.int(),
    message: z.string(),
  }),
  z.object({
    kind: z.literal("samples"),
    step: z.int(),
    samples: z.array(z.object({ prompt: z.string(), text: z.string() })),
  }),
  z.object({ kind: z.literal("evaluation"), step: z.int(), results: z.record(z.string(), Value) }),
  z.object({ kind: z.literal("checkpoint"), step: z.int() }),
  z.object({ kind: z.literal("rollback"), fromStep: z.int() }),
  z.object({ kind: z.literal("finish"), status: z.string(), message: z.string() }),
]);
export type Occasion = z.infer<typeof Occasion>;

export type RunLog = { steps: LoggedStep[]; occasions: Occasion[] };

/** What a training left in its directory. Of a step that was trained again after a restart the last word counts. */
export async function readRun(directory: string): Promise<RunLog> {
  const names = (await readdir(directory).catch(() => []))
    .filter((name) => /^log\.\d{8}\.txt$/.test(name))
    .sort();
  if (names.length === 0) {
    throw new TrainerError(
      "data",
      `${directory} holds no log.YYYYMMDD.txt. Name the directory that a training wrote to (--out).`,
    );
  }
  const steps = new Map<number, LoggedStep>();
  for (const name of names) {
    for (const text of lines(await readFile(join(directory, name), "utf8"))) {
      const line = Line.parse(JSON.parse(text.replaceAll(/:(NaN|-?Infinity)/g, ":null")));
      steps.set(line.iter, toStep(line));
    }
  }
  const occasions = await readFile(join(directory, OCCASIONS_FILE), "utf8").catch(() => "");
  return {
    steps: [...steps.values()].sort((a, b) => a.step - b.step),
    occasions: lines(occasions).map((text) => Occasion.parse(JSON.parse(text))),
  };
}

/** A line that a crash cut short is left out. */
function lines(text: string): string[] {
  return text.split("\n").filter((line) => line.endsWith("}"));
}

function toStep(line: z.infer<typeof Line>): LoggedStep {
  const tasks = Object.entries(line.task_loss).map(([task, loss]) => [`loss/${task}`, loss]);
  const known = {
    loss: line.loss,
    lr: line.lr,
    tokens: line["token pass"],
    grad_norm: line.grad_norm,
    "time/step_ms": line["avg time (s)"] === null ? null : 1000 * line["avg time (s)"],
    "throughput/tokens_per_second": line["throughout (token/s)"],
    "memory/rss_gib": line["mem usage"].step[0] ?? null,
  };
  const all = Object.entries({ ...line.metrics, ...known, ...Object.fromEntries(tasks) });
  const values = all.filter((entry): entry is [string, number] => typeof entry[1] === "number");
  return { step: line.iter, time: line.time, values: Object.fromEntries(values) };
}
