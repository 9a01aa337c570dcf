// Throughput that drops and stays down: five values in a row below 70 % of the usual. A single slow step, as when a
// checkpoint is written, is none.
import { type Finding, inWords, type Observation } from "./finding.ts";

const ALPHA = 0.02;
const WARM_UP = 20;
const LOW = 0.7;
const WELL = 0.85;
const IN_A_ROW = 5;
/** What has been slow for so many values is the usual. */
const NEW_NORMAL = 300;

export type SpeedState = { count: number; usual: number; low: number; step: number; time: number };
export const NEW_SPEED: SpeedState = { count: 0, usual: 0, low: 0, step: 0, time: 0 };

/** What one more throughput shows; `state` is changed in place. */
export function detectSlow(state: SpeedState, seen: Observation): Finding[] {
  const { value } = seen;
  if (!Number.isFinite(value) || value < 0) {
    return [];
  }
  const limit = (state.low >= IN_A_ROW ? WELL : LOW) * state.usual;
  if (state.count < WARM_UP || value >= limit) {
    state.count += 1;
    state.low = 0;
    state.usual += Math.max(ALPHA, 1 / state.count) * (value - state.usual);
    return [];
  }
  if (state.low === 0) {
    state.step = seen.step;
    state.time = seen.time;
  }
  state.low += 1;
  if (state.low > NEW_NORMAL) {
    Object.assign(state, { count: 1, usual: value, low: 0 });
    return [];
  }
  if (state.low !== IN_A_ROW) {
    return [];
  }
  const { usual, step, time } = state;
  const percent = Math.round((100 * value) / usual);
  const message = `Throughput drops to ${percent} % of the usual ${inWords(usual)} tokens/s from step ${step} on.`;
  return [{ kind: "slow", step, time, message, data: { key: seen.key, value, usual } }];
}
