import type { SeriesAnswer, SeriesQuery } from "#server/metrics/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { moveWindow, originOf, wireAxis } from "./relative-axis.ts";
import { SPAN_MS, type View } from "./view.ts";

export const CURVE_BUCKETS = 400;
/** An attempt that covers little of the picture needs few buckets, but never so few that its shape is lost. */
const LEAST_BUCKETS = 40;
/** A run that was restarted more often than this shows its newest attempts only. */
export const MOST_ATTEMPTS = 40;

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
type Curve = { run: RunDetail; view: Pick<View, "x" | "keys">; window: CurveWindow };

/**
 * The questions behind one curve, by attempt, newest last. They depend on facts that change rarely, so that the same
 * view asks the same questions on the server and in the browser.
 */
export function curveQueries(
  run: RunDetail,
  view: Pick<View, "x" | "keys">,
  window: CurveWindow = {},
): SeriesQuery[] {
  const spans = attemptSpans(run);
  return spans.flatMap((span, index) => {
    const takeOver = Math.min(...spans.slice(index + 1).map(({ fromStep }) => fromStep));
    return attemptQueries({ run, view, window }, span, takeOver);
  });
}

/** An attempt that was left is asked for in two parts, so that no bucket lies across the step where it was left. */
function attemptQueries(
  { run, view, window }: Curve,
  span: AttemptSpan,
  takeOver: number,
): SeriesQuery[] {
  const origin = originOf(run, view.x);
  const query = {
    runId: run.id,
    keys: view.keys,
    attempt: span.attempt,
    x: wireAxis(view.x),
    ...moveWindow(window, origin),
  };
  if (span.attempt === run.attempt) {
    return [{ ...query, buckets: CURVE_BUCKETS }];
  }
  const share = (from: number, to: number) =>
    Math.max(LEAST_BUCKETS, Math.round((CURVE_BUCKETS * (to - from)) / Math.max(1, run.step)));
  if (view.x !== "step" || takeOver > span.toStep) {
    return [{ ...query, buckets: share(span.fromStep, span.toStep) }];
  }
  const kept = {
    ...query,
    to: Math.min(window.to ?? takeOver, takeOver - 1),
    buckets: share(span.fromStep, takeOver),
  };
  const left = {
    ...query,
    from: Math.max(window.from ?? 0, takeOver),
    buckets: share(takeOver, span.toStep),
  };
  return [kept, left].filter(({ from, to }) => (from ?? 0) <= (to ?? Number.POSITIVE_INFINITY));
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
  origin = 0,
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
  const marks = answers.flatMap((answer) => {
    const series = answer.series[key];
    return series === undefined
      ? []
      : series.times.map((time, index) => ({ time, x: series.x[index] ?? 0 }));
  });
  const first = marks[0];
  if (first === undefined || begin <= first.time || wireAxis(view.x) === "time") {
    return first === undefined || begin <= first.time ? null : begin - origin;
  }
  const index = marks.findIndex((mark) => mark.time >= begin);
  const after = marks[index];
  const before = marks[index - 1];
  if (after === undefined || before === undefined) {
    return null;
  }
  const share = (begin - before.time) / Math.max(1, after.time - before.time);
  return Math.round(before.x + share * (after.x - before.x));
}
