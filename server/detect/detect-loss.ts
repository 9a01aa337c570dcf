// Spikes, losses that are no numbers, and steps that run backwards, in one walk over the loss.
//
// A spike is a value that stands six times the usual deviation, and 5 % of the level, above an exponentially weighted
// mean, or at three times that mean. Only the first value of an excursion is told; it ends when a value is back within
// half the way. During an excursion the mean stands still, at most for LONGEST values: what stays up is a new level.
import { type Finding, inWords, type Observation } from "./finding.ts";

const ALPHA = 0.05;
const WARM_UP = 12;
const SCORE = 6;
const LEAST_RISE = 0.05;
const RATIO = 3;
const LONGEST = 40;
/** So many values in a row behind the newest step are a way back, fewer are late. */
const BACK = 3;

export type LossState = {
  count: number;
  mean: number;
  deviation: number;
  /** Values of the excursion under way; 0: none. */
  hot: number;
  broken: boolean;
  newest: number;
  back: { count: number; step: number; time: number; last: number } | null;
};

export const NEW_LOSS: LossState = {
  count: 0,
  mean: 0,
  deviation: 0,
  hot: 0,
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
  const spike = judge(state, seen);
  if (spike !== null) {
    findings.push(spike);
  }
  return findings;
}

function judge(state: LossState, seen: Observation): Finding | null {
  const { mean, deviation, count } = state;
  const rise = seen.value - mean;
  const scale = Math.max(deviation * 1.2533, Math.abs(mean) * 0.002, 1e-12);
  const score = rise / scale;
  const high =
    count >= WARM_UP &&
    ((score >= SCORE && rise >= LEAST_RISE * Math.abs(mean)) ||
      (mean > 0 && seen.value >= RATIO * mean));
  if (state.hot > 0) {
    const settled = score < SCORE / 2 || rise < (LEAST_RISE / 2) * Math.abs(mean);
    state.hot = settled ? 0 : state.hot + 1;
    if (state.hot > LONGEST) {
      Object.assign(state, { count: 1, mean: seen.value, hot: 0 });
      return null;
    }
    if (settled) {
      learn(state, seen.value);
    }
    return null;
  }
  if (!high) {
    learn(state, seen.value);
    return null;
  }
  state.hot = 1;
  return {
    kind: "spike",
    step: seen.step,
    time: seen.time,
    message: `The loss jumps to ${inWords(seen.value)} at step ${seen.step}, from about ${inWords(mean)}.`,
    data: { key: seen.key, value: seen.value, expected: mean, score: Number(score.toFixed(2)) },
  };
}

/** Young means weigh all values alike; old ones forget. */
function learn(state: LossState, value: number): void {
  state.count = Math.min(state.count + 1, 1_000_000);
  const alpha = Math.max(ALPHA, 1 / state.count);
  const away = Math.abs(value - state.mean);
  state.mean += alpha * (value - state.mean);
  if (state.count > 1) {
    const share = Math.max(ALPHA, 1 / (state.count - 1));
    state.deviation += share * (away - state.deviation);
  }
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
  state.newest = seen.step;
  state.back = null;
  const message = `The loss of step ${step} is logged again after step ${from}: the training went back.`;
  return [{ kind: "rollback", step, time, message, data: { fromStep: step, lastStep: from } }];
}
