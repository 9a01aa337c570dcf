// Spikes, losses that are no numbers, and steps that run backwards, in one walk over the loss.
//
// A spike is a value that stands five robust deviations, and 7 % of the level, above the level, or at three times the
// level. Level and deviation are the median of the last values and the median of their distances from it: neither the
// steep descent of a training's beginning nor a spike itself moves them much, as they would move a mean. Only the first
// value of an excursion is told; it ends when values are back within half the way. An excursion is not learned from, but for
// LONGEST values at most: what stays up is a new level. Where the steps go back, the level is learned anew, and until it
// is only three times the old one counts. Measured: `npm run bench -- events`.
import { type Finding, inWords, type Observation } from "./finding.ts";

const KEPT = 32;
const WARM_UP = 12;
const SCORE = 5;
/** Times the median distance that a standard deviation is, for values that scatter normally. */
const NORMAL = 1.4826;
const LEAST_RISE = 0.07;
const RATIO = 3;
const LONGEST = 40;
/** So many values in a row within half the way end an excursion: on its slope, noise crosses that line more than once. */
const CALM = 3;
/** Values below level + QUIET deviations are no spike, whatever the newest few have changed. */
const QUIET = 3;
/** Level and deviation are counted anew after so many values. */
const ANEW = 8;
/** So many values in a row behind the newest step are a way back, fewer are late. */
const BACK = 3;

export type LossState = {
  /** The newest values, the oldest first. */
  recent: number[];
  level: number;
  deviation: number;
  /** Values since level and deviation were counted. */
  stale: number;
  /** Values of the excursion under way; 0: none. */
  hot: number;
  /** Values in a row that were back. */
  calm: number;
  broken: boolean;
  newest: number;
  back: { count: number; step: number; time: number; last: number } | null;
};

export const NEW_LOSS: LossState = {
  recent: [],
  level: 0,
  deviation: 0,
  stale: ANEW,
  hot: 0,
  calm: 0,
  broken: false,
  newest: -1,
  back: null,
};

/** What one more value shows; `state` is changed in place. */
export function detectLoss(state: LossState, seen: Observation): Finding[] {
  const findings = detectWayBack(state, seen);
  if (!Number.isFinite(seen.value)) {
    if (!state.broken) {
      findings.push(brokenLoss(seen));
    }
    state.broken = true;
    return findings;
  }
  state.broken = false;
  if (state.back !== null) {
    // Behind the newest step: late, or the beginning of a way back. Either says nothing of what is usual here.
    return findings;
  }
  const spike = judge(state, seen);
  if (spike !== null) {
    findings.push(spike);
  }
  return findings;
}

function judge(state: LossState, seen: Observation): Finding | null {
  const { value } = seen;
  if (state.recent.length < WARM_UP) {
    return warmUp(state, seen);
  }
  if (state.stale >= ANEW) {
    measure(state);
  }
  if (state.hot === 0 && value <= state.level + QUIET * state.deviation) {
    return learn(state, value);
  }
  measure(state);
  return state.hot > 0 ? follow(state, value) : leave(state, seen);
}

/** Where little is known yet, only what is out of all proportion stands out. */
function warmUp(state: LossState, seen: Observation): Finding | null {
  const high = state.level > 0 && seen.value >= RATIO * state.level;
  if (high && state.hot === 0) {
    return tell(state, seen);
  }
  if (high && state.hot < LONGEST) {
    state.hot += 1;
    return null;
  }
  Object.assign(state, { hot: 0, level: high ? 0 : state.level });
  return learn(state, seen.value);
}

/** Within an excursion. */
function follow(state: LossState, value: number): null {
  const rise = value - state.level;
  const settled =
    rise < (SCORE / 2) * state.deviation || rise < (LEAST_RISE / 2) * Math.abs(state.level);
  state.hot += 1;
  state.calm = settled ? state.calm + 1 : 0;
  if (state.calm >= CALM) {
    state.hot = 0;
  } else if (state.hot > LONGEST) {
    Object.assign(state, { recent: [], level: 0, stale: ANEW, hot: 0 });
  }
  return settled || state.hot === 0 ? learn(state, value) : null;
}

/** Perhaps the first value of an excursion. */
function leave(state: LossState, seen: Observation): Finding | null {
  const { level, deviation } = state;
  const rise = seen.value - level;
  const high =
    (rise >= SCORE * deviation && rise >= LEAST_RISE * Math.abs(level)) ||
    (level > 0 && seen.value >= RATIO * level);
  return high ? tell(state, seen) : learn(state, seen.value);
}

function tell(state: LossState, seen: Observation): Finding {
  const { level, deviation } = state;
  const score = (seen.value - level) / deviation;
  state.hot = 1;
  state.calm = 0;
  return {
    kind: "spike",
    step: seen.step,
    time: seen.time,
    message: `The loss jumps to ${inWords(seen.value)} at step ${seen.step}, from about ${inWords(level)}.`,
    data: { key: seen.key, value: seen.value, expected: level, score: Number(score.toFixed(2)) },
  };
}

/** What the loss was is no measure for what follows, but for its order of magnitude. */
export function forget(state: LossState): void {
  if (state.recent.length >= WARM_UP) {
    measure(state);
  }
  Object.assign(state, { recent: [], stale: ANEW, hot: 0, calm: 0 });
}

function learn(state: LossState, value: number): null {
  // Six digits say enough, and the state is written with every batch.
  state.recent.push(Number(value.toPrecision(6)));
  if (state.recent.length > KEPT) {
    state.recent.shift();
  }
  state.stale += 1;
  return null;
}

function measure(state: LossState): void {
  const level = median(state.recent);
  const scatter = NORMAL * median(state.recent.map((value) => Math.abs(value - level)));
  state.level = level;
  state.deviation = Math.max(scatter, Math.abs(level) * 0.002, 1e-12);
  state.stale = 0;
}

function median(values: readonly number[]): number {
  // Typed arrays sort by number without a call per comparison.
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}

function brokenLoss({ key, step, time, value }: Observation): Finding {
  const message = `The loss is ${value} at step ${step}.`;
  return { kind: "nan", step, time, message, data: { key, value: String(value) } };
}

/** A loss that is logged again from an earlier step on: the training went back without opening an attempt. */
function detectWayBack(state: LossState, seen: Observation): Finding[] {
  if (seen.step > state.newest) {
    state.newest = seen.step;
    state.back = null;
    return [];
  }
  const { back } = state;
  if (back === null || seen.step <= back.last) {
    state.back = { count: 1, step: seen.step, time: seen.time, last: seen.step };
    return [];
  }
  back.count += 1;
  back.last = seen.step;
  if (back.count !== BACK) {
    return [];
  }
  const { step, time } = back;
  const from = state.newest;
  forget(state);
  state.newest = seen.step;
  state.back = null;
  const message = `The loss of step ${step} is logged again after step ${from}: the training went back.`;
  return [{ kind: "rollback", step, time, message, data: { fromStep: step, lastStep: from } }];
}
