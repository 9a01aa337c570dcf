import { LIMITS, type LogBatch } from "#server/runs/contract.ts";
import type { StepValues, TrainerEvent } from "./sink.ts";

/** A batch that grows until it is closed: columns by key, null where a step has no value. */
export type OpenBatch = {
  addStep(step: number, values: StepValues): void;
  addEvent(event: TrainerEvent): void;
  addLine(line: string): void;
  /** True when the batch should not grow further. */
  full(): boolean;
  /** When its first entry came, or null while it is empty. */
  since(): number | null;
  /** Empties it into the form that travels, without its numbers; null when it is empty. */
  take(): Omit<LogBatch, "attempt" | "batch"> | null;
};

const MOST_POINTS = 1_000;
const MOST_LINES = 500;
const MOST_EVENTS = 100;
const LONGEST_MESSAGE = 2_000;

export function createOpenBatch(clock: () => number): OpenBatch {
  let content = emptyContent();
  let points = 0;
  let since: number | null = null;
  const touch = (): number => {
    const now = clock();
    since ??= now;
    return now;
  };
  return {
    addStep(step, values) {
      content.times.push(touch());
      content.steps.push(step);
      const rows = content.steps.length;
      for (const [key, value] of Object.entries(values)) {
        content.series[key] ??= Array.from({ length: rows - 1 }, () => null);
        content.series[key].push(wireNumber(value));
        points += 1;
      }
      for (const column of Object.values(content.series)) {
        if (column.length < rows) {
          column.push(null);
        }
      }
    },
    addEvent(event) {
      content.events.push({
        ...event,
        message: event.message.slice(0, LONGEST_MESSAGE),
        time: touch(),
      });
    },
    addLine(line) {
      touch();
      content.lines.push(line.slice(0, LIMITS.lineLength));
    },
    full: () =>
      points >= MOST_POINTS ||
      content.lines.length >= MOST_LINES ||
      content.events.length >= MOST_EVENTS,
    since: () => since,
    take() {
      if (since === null) {
        return null;
      }
      const taken = content;
      content = emptyContent();
      points = 0;
      since = null;
      return taken;
    },
  };
}

function emptyContent(): Omit<LogBatch, "attempt" | "batch"> {
  return { steps: [], times: [], series: {}, events: [], lines: [] };
}

/** JSON has no NaN and no infinities: they travel as words. */
export function wireNumber(value: number): number | "NaN" | "Infinity" | "-Infinity" {
  if (Number.isFinite(value)) {
    return value;
  }
  if (Number.isNaN(value)) {
    return "NaN";
  }
  return value > 0 ? "Infinity" : "-Infinity";
}
