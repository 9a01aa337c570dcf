import type { YScale } from "./scale.ts";
import type { XAxis } from "./series.ts";

export type Ticks = { values: number[]; step: number };

/** Round numbers (1, 2 or 5 times a power of ten) between two bounds, about `target` of them. */
export function linearTicks(low: number, high: number, target: number): Ticks {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) {
    return { values: Number.isFinite(low) ? [low] : [], step: 1 };
  }
  const rough = span / Math.max(1, target);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  return { values: multiples(low, high, step), step };
}

function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** Powers of ten with 2 and 5 between them; under a decade, round numbers as on a linear axis. */
export function logTicks(low: number, high: number, target: number): Ticks {
  if (!(low > 0) || high / low < 10) {
    return linearTicks(low, high, target);
  }
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    values.push(...[1, 2, 5].map((factor) => factor * 10 ** power));
  }
  const inside = values.filter((value) => value >= low * 0.999 && value <= high * 1.001);
  const decades = inside.filter((value) => Math.abs(Math.log10(value) % 1) < 1e-9);
  return {
    values: inside.length > target * 1.5 && decades.length > 1 ? decades : inside,
    step: Math.min(low, 1),
  };
}

export function yTicks(
  [low, high]: readonly [number, number],
  scale: YScale,
  target: number,
): Ticks {
  return scale === "log" ? logTicks(low, high, target) : linearTicks(low, high, target);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 7, 14, 30, 60, 120, 365].map((n) => n * DAY),
];

/** Places for labels along the horizontal axis; times fall on round UTC moments. */
export function xTicks(axis: XAxis, [low, high]: readonly [number, number], target: number): Ticks {
  if (axis === "step" || axis === "tokens") {
    const ticks = linearTicks(low, high, target);
    // Half a step or token does not exist.
    const step = Math.max(1, ticks.step);
    return step === ticks.step ? ticks : { values: multiples(low, high, 1), step };
  }
  const rough = (high - low) / Math.max(1, target);
  const step = TIME_STEPS.find((candidate) => candidate >= rough) ?? 365 * DAY;
  return { values: multiples(low, high, step), step };
}
