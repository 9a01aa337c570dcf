// The hot path's own check of a logged batch. It means what the LogBatch schema means (a property test holds the two
// together), but walks the number columns in plain loops: zod spends about as long on a batch's numbers as
// Postgres spends on storing them.
import type { z } from "zod";
import { MAX_KEY_LENGTH, MetricKey, type WireNumber } from "../metrics/contract.ts";
import { AppError } from "../platform/errors.ts";
import { boundedJson } from "./bounded-json.ts";
import { LIMITS, LogBatch } from "./contract.ts";

/** The small part of a batch, which the schema itself checks. */
const Head = LogBatch.omit({ steps: true, times: true, series: true });
const LATEST_TIME = 253_402_300_799_999;
const SHOWN_KEY = 60;

export type CheckedBatch = LogBatch & {
  /** How many values the series hold. */
  points: number;
};

/**
 * Reads a batch from parsed JSON. Throws `bad_request` naming the wrong place, or `too_large` naming the limit.
 * `times` may be left out; it is then empty, and the portal's clock stands in.
 */
export function checkBatch(json: unknown): CheckedBatch {
  if (!isObject(json)) {
    throw wrong("body", "must be a JSON object such as {attempt, batch, steps, times, series}");
  }
  const steps = checkSteps(json["steps"] ?? []);
  const times = checkTimes(json["times"] ?? [], steps.length);
  const { series, points } = checkSeries(json["series"] ?? {}, steps.length);
  const head = checkHead(json);
  return { ...head, steps, times, series, points };
}

function checkHead(json: Record<string, unknown>): z.output<typeof Head> {
  const { attempt, batch, events, lines } = json;
  refuseLong("events", events, LIMITS.eventsPerBatch);
  refuseLong("lines", lines, LIMITS.linesPerBatch);
  const parsed = Head.safeParse({ attempt, batch, events, lines });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw wrong(
      ["body", ...(issue?.path ?? [])].map(String).join("."),
      issue?.message ?? "is wrong",
    );
  }
  for (const { data } of parsed.data.events) {
    if (data !== undefined) {
      boundedJson(data, { what: "An event's data", limitBytes: LIMITS.eventDataBytes });
    }
  }
  return parsed.data;
}

function checkSteps(value: unknown): number[] {
  const steps = column("steps", value);
  refuseLong("steps", steps, LIMITS.stepsPerBatch);
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i];
    if (!Number.isSafeInteger(step) || (step as number) < 0) {
      throw wrong(
        `body.steps[${i}]`,
        `must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
      );
    }
  }
  return steps as number[];
}

function checkTimes(value: unknown, rows: number): number[] {
  const times = column("times", value);
  if (times.length !== rows && times.length !== 0) {
    throw wrong(
      "body.times",
      `has ${times.length} entries, but steps has ${rows}; both must be as long`,
    );
  }
  for (let i = 0; i < times.length; i++) {
    const time = times[i];
    if (typeof time !== "number" || !(time >= 0 && time <= LATEST_TIME)) {
      throw wrong(
        `body.times[${i}]`,
        "must be Unix milliseconds, from 0 to the end of the year 9999",
      );
    }
  }
  return times as number[];
}

function checkSeries(value: unknown, rows: number): { series: LogBatch["series"]; points: number } {
  if (!isObject(value)) {
    throw wrong("body.series", "must be an object of columns: {key: [value, …]}");
  }
  const entries = Object.entries(value);
  refuseMany("series", entries.length, LIMITS.keysPerBatch);
  let points = 0;
  for (const [key, values] of entries) {
    checkKey(key);
    points += checkColumn(key, values, rows);
  }
  refuseMany("points", points, LIMITS.pointsPerBatch);
  return { series: value as LogBatch["series"], points };
}

function checkKey(key: string): void {
  const shown = JSON.stringify(key.length > SHOWN_KEY ? `${key.slice(0, SHOWN_KEY)}…` : key);
  if (key.length > MAX_KEY_LENGTH) {
    throw wrong(
      `body.series key ${shown}`,
      `has ${key.length} characters; a metric's name has at most ${MAX_KEY_LENGTH}`,
    );
  }
  // An own property of this name is legal JSON, but gets lost wherever an object is built by assignment.
  if (key === "__proto__" || !MetricKey.safeParse(key).success) {
    throw wrong(
      `body.series key ${shown}`,
      "is no metric name: use letters, digits and _ . / : % @ -",
    );
  }
}

function checkColumn(key: string, values: unknown, rows: number): number {
  const place = `body.series[${JSON.stringify(key)}]`;
  if (!Array.isArray(values)) {
    throw wrong(place, "must be an array with one value per step");
  }
  if (values.length !== rows) {
    throw wrong(
      place,
      `has ${values.length} values, but steps has ${rows}; write null where a step has none`,
    );
  }
  let points = 0;
  for (let i = 0; i < rows; i++) {
    const value: unknown = values[i];
    if (value !== null) {
      if (!isWireNumber(value)) {
        throw wrong(`${place}[${i}]`, 'must be a number, null, "NaN", "Infinity" or "-Infinity"');
      }
      points += 1;
    }
  }
  return points;
}

function isWireNumber(value: unknown): value is WireNumber {
  return typeof value === "number"
    ? Number.isFinite(value)
    : value === "NaN" || value === "Infinity" || value === "-Infinity";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function column(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) {
    throw wrong(`body.${name}`, "must be an array of numbers");
  }
  return value;
}

function refuseLong(name: string, value: unknown, limit: number): void {
  if (Array.isArray(value)) {
    refuseMany(name, value.length, limit);
  }
}

function refuseMany(name: string, count: number, limit: number): void {
  if (count > limit) {
    throw new AppError(
      "too_large",
      `A batch has at most ${limit} ${name}; this one has ${count}. Nothing of it was stored: split it and send the parts with their own numbers.`,
      { details: { count, limit } },
    );
  }
}

function wrong(place: string, what: string): AppError {
  return new AppError(
    "bad_request",
    `${place} ${what}. Nothing of the batch was stored; correct it and send it again under the same number.`,
    { details: { issues: [{ path: place, message: what }] } },
  );
}
