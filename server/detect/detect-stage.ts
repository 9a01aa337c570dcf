import type { Finding } from "./finding.ts";

/** A stretch of the plan, by the step at which it begins. */
export type ObservedStage = { name: string; fromStep: number };
/** The newest step of the attempt; null before its first. */
export type StageState = { newest: number | null };
export const NEW_STAGE: StageState = { newest: null };

type Steps = { steps: ArrayLike<number>; times: ArrayLike<number> };

/** The planned stages that a batch's steps enter; `state` is changed in place. An attempt that begins within one enters none. */
export function detectStage(
  state: StageState,
  { steps, times }: Steps,
  stages: readonly ObservedStage[],
): Finding[] {
  const findings: Finding[] = [];
  for (let row = 0; row < steps.length; row++) {
    const step = steps[row] as number;
    const before = state.newest ?? (step <= 1 ? -1 : step - 1);
    if (step > before) {
      findings.push(
        ...stages
          .filter(({ fromStep }) => before < fromStep && fromStep <= step)
          .map(({ name, fromStep }) => entered(name, fromStep, times[row] as number)),
      );
      state.newest = step;
    } else if (state.newest === null) {
      state.newest = before;
    }
  }
  return findings;
}

function entered(name: string, step: number, time: number): Finding {
  const message = `Stage "${name}" of the plan begins.`;
  return { kind: "stage", step, time, message, data: { name, fromStep: step } };
}
