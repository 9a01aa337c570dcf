import { join } from "node:path";
import { appendWhole, type WriteBytes } from "./append-whole.ts";
import { isDiskFull } from "./is-disk-full.ts";
import type { Sink, StepValues } from "./sink.ts";

const BEIJING_EVENING_MS = 16 * 3600 * 1000;
const TASK_LOSS = "loss/";
/** Values that have a key of the original's; all others stand under `metrics` by our own names. */
const KNOWN = new Set([
  "loss",
  "lr",
  "tokens",
  "grad_norm",
  "time/step_ms",
  "batch/token_fill",
  "batch/mask_fill",
  "memory/rss_gib",
  "throughput/tokens_per_second",
]);
/** What happened between the steps: events, samples, examinations, checkpoints. */
export const OCCASIONS_FILE = "occasions.jsonl";

/** `log.YYYYMMDD.txt`, the day of UTC + 16 hours as the original names it, so that files turn at 16:00 in Beijing. */
export function logFileName(time: number): string {
  const day = new Date(time + BEIJING_EVENING_MS).toISOString().slice(0, 10).replaceAll("-", "");
  return `log.${day}.txt`;
}

/** One JSON line per step with the key names of the original training log, so that its readers read ours too. */
export function jsonLine(step: number, time: number, values: StepValues): string {
  const tasks = Object.entries(values).filter(([name]) => name.startsWith(TASK_LOSS));
  const entry = {
    time: time / 1000,
    iter: step,
    loss: values["loss"],
    lr: values["lr"],
    "lr scale": 1,
    "avg time (s)": (values["time/step_ms"] ?? 0) / 1000,
    "token/max": values["batch/token_fill"],
    "token pass": values["tokens"],
    "throughout (token/s)": values["throughput/tokens_per_second"],
    grad_norm: values["grad_norm"],
    "mask/max": values["batch/mask_fill"],
    num_gpus: 1,
    "mem usage": { step: [values["memory/rss_gib"], values["memory/rss_gib"]] },
    task_loss: Object.fromEntries(
      tasks.map(([name, loss]) => [name.slice(TASK_LOSS.length), loss]),
    ),
    metrics: Object.fromEntries(
      Object.entries(values).filter(([name]) => !name.startsWith(TASK_LOSS) && !KNOWN.has(name)),
    ),
  };
  return bareWords(
    JSON.stringify(entry, (_, value: unknown) =>
      typeof value === "number" && !Number.isFinite(value) ? `@@${value}` : value,
    ),
  );
}

/** Python's reader and writer of JSON use the bare words NaN and Infinity. */
function bareWords(json: string): string {
  return json.replaceAll(/"@@(NaN|-?Infinity)"/g, "$1");
}

export type JsonlOptions = {
  clock?: () => number;
  notify?: (text: string) => void;
  write?: WriteBytes;
};

/**
 * Steps to the day's log in the original's form; everything else to one file of its own, in order. While the disk is
 * full the lines wait in memory, and training goes on.
 */
export function createJsonlSink(directory: string, options: JsonlOptions = {}): Sink {
  const { clock = Date.now, notify = () => undefined, write } = options;
  const waiting: { name: string; line: string }[] = [];
  let full = false;
  const flush = (): void => {
    try {
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        appendWhole(join(directory, next.name), Buffer.from(`${next.line}\n`), write);
        waiting.shift();
      }
      full = false;
    } catch (error) {
      if (!isDiskFull(error)) {
        throw error;
      }
      if (!full) {
        notify(`${directory} has no room for the log: its lines wait in memory. Free some space.`);
      }
      full = true;
    }
  };
  const put = (name: string, line: string): void => {
    waiting.push({ name, line });
    flush();
  };
  const note = (kind: string, content: Record<string, unknown>): void =>
    put(OCCASIONS_FILE, JSON.stringify({ time: clock() / 1000, kind, ...content }));
  return {
    log(step, values) {
      const now = clock();
      put(logFileName(now), jsonLine(step, now, values));
    },
    event: ({ kind, ...event }) => note("event", { event: kind, ...event }),
    line: () => undefined,
    samples: (step, samples) => note("samples", { step, samples }),
    evaluation: (step, results) => note("evaluation", { step, results }),
    checkpoint: ({ step, tokens, metrics }) => note("checkpoint", { step, tokens, metrics }),
    rollback: (fromStep, reason) => note("rollback", { fromStep, reason }),
    settle: () => undefined,
    finish: (status, message) => note("finish", { status, message }),
    close: async () => flush(),
  };
}
