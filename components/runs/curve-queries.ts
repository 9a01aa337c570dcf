import type { SeriesAnswer, SeriesQuery } from "#server/metrics/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { SPAN_MS, type View } from "./view.ts";

export const CURVE_BUCKETS = 400;
/** An attempt that covers little of the picture needs few buckets, but never so few that its shape is lost. */
const LEAST_BUCKETS = 40;
/** A run that was restarted more often than this shows its newest attempts only. */
const MOST_ATTEMPTS = 40;

type AttemptSpan = { attempt: number; fromStep: number; toStep: number };

/** Each attempt with the steps that it may hold. */
export function attemptSpans(run: RunDetail): AttemptSpan[] {
  const known = run.attempts.map((attempt) => ({
    attempt: attempt.number,
    fromStep: attempt.fromStep,
    toStep: attempt.number === run.attempt ? run.step : (attempt.lastStep ?? attempt.fromStep),
  }));
  const current = known.some(({ attempt }) => attempt === run.attempt);
  const all =
    current || run.attempt === 0
      ? known
      : [...known, { attempt: run.attempt, fromStep: run.step, toStep: run.step }];
  return all.slice(-MOST_ATTEMPTS);
}

type CurveWindow = { from?: number; to?: number };

/**
 * The questions behind one curve: one per attempt, newest last. They depend on facts that change rarely, so that
 * the same view asks the same questions on the server and in the browser.
 */
export function curveQueries(
  run: RunDetail,
  view: Pick<View, "x" | "keys">,
  window: CurveWindow = {},
): SeriesQuery[] {
  const spans = attemptSpans(run);
  const whole = Math.max(1, ...spans.map(({ toStep }) => toStep));
  return spans.map(({ attempt, fromStep, toStep }) => ({
    runId: run.id,
    keys: view.keys,
    attempt,
    x: view.x,
    ...window,
    buckets:
      attempt === run.attempt
        ? CURVE_BUCKETS
        : Math.max(LEAST_BUCKETS, Math.round((CURVE_BUCKETS * (toStep - fromStep)) / whole)),
  }));
}

/** How finely a span's beginning is placed: it moves on by this share of its length. */
const SPAN_NOTCHES = 50;

/**
 * Where a span such as the last 24 hours begins on the axis, read off the whole curve; null when the run is younger.
 * It moves in notches, so that a growing run does not ask anew at each message.
 */
export function spanStart(
  answers: readonly SeriesAnswer[],
  view: Pick<View, "x" | "span" | "keys">,
): number | null {
  const key = view.keys[0] ?? "loss";
  const newest = answers.at(-1)?.series[key];
  if (view.span === "whole" || newest === undefined) {
    return null;
  }
  const times = newest.kind === "raw" ? newest.times : newest.lastTimes;
  const length = SPAN_MS[view.span];
  const notch = length / SPAN_NOTCHES;
  const begin = Math.floor(((times.at(-1) ?? 0) - length) / notch) * notch;
  if (view.x === "time") {
    return begin;
  }
  const marks = answers.flatMap((answer) => {
    const series = answer.series[key];
    return series === undefined
      ? []
      : series.times.map((time, index) => ({ time, x: series.x[index] ?? 0 }));
  });
  const index = marks.findIndex((mark) => mark.time >= begin);
  const after = marks[index];
  const before = marks[index - 1];
  if (after === undefined || before === undefined) {
    return null;
  }
  const share = (begin - before.time) / Math.max(1, after.time - before.time);
  return Math.round(before.x + share * (after.x - before.x));
}
