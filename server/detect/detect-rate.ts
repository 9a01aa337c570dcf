// Changes of the learning rate's schedule: not each step of a schedule, but a jump that its own course does not explain.
// A schedule moves smoothly on a logarithmic scale: what a step adds is close to what the step before added.
import { type Finding, inWords, type Observation } from "./finding.ts";

const LEAST_JUMP = 0.05;
/** Times the course of the step before. */
const COURSES = 4;
const WARM_UP = 4;

export type RateState = { count: number; step: number; log: number; slope: number };
export const NEW_RATE: RateState = { count: 0, step: 0, log: 0, slope: 0 };

/** What one more learning rate shows; `state` is changed in place. Rates of 0 and less are passed over. */
export function detectRate(state: RateState, seen: Observation): Finding[] {
  if (!(seen.value > 0) || (state.count > 0 && seen.step <= state.step)) {
    return [];
  }
  const log = Math.log(seen.value);
  const before = { ...state };
  const steps = seen.step - state.step;
  const change = log - state.log;
  state.count += 1;
  state.step = seen.step;
  state.log = log;
  if (before.count === 0) {
    return [];
  }
  const course = before.slope * steps;
  const jump = Math.abs(change - course);
  const jumped = before.count >= WARM_UP && jump > LEAST_JUMP && jump > COURSES * Math.abs(course);
  if (!jumped) {
    state.slope = change / steps;
    return [];
  }
  // A jump is no course. Behind it the schedule may go on another way: the next step says which, and is not judged.
  state.count = WARM_UP - 1;
  const from = Math.exp(before.log);
  const message = `The learning rate changes from ${inWords(from)} to ${inWords(seen.value)} at step ${seen.step}.`;
  const data = {
    key: seen.key,
    from,
    to: seen.value,
    factor: Number(Math.exp(change).toPrecision(4)),
  };
  return [{ kind: "rate", step: seen.step, time: seen.time, message, data }];
}
