import { noam } from "../optim/noam.ts";
import type { RunConfig, Stage } from "../recipes/run-config.ts";

type Plan = Pick<RunConfig, "stages" | "steps" | "schedule">;

/** The stage of a step (1-based): the last one that begins at or before the steps done so far. */
export function stageAt({ stages }: Pick<Plan, "stages">, step: number): Stage {
  const found = stages.findLast(({ fromStep }) => fromStep <= step - 1) ?? stages[0];
  if (found === undefined) {
    throw new RangeError(
      "A run has at least one stage: give the recipe one that begins at step 0.",
    );
  }
  return found;
}

/** Noam's rate after `successful` steps, times the stage's factor at this step of the plan. */
export function learningRate(plan: Plan, step: number, successful: number): number {
  const stage = stageAt(plan, step);
  const next = plan.stages[plan.stages.indexOf(stage) + 1];
  const end = next?.fromStep ?? plan.steps;
  const share = Math.min(1, (step - 1 - stage.fromStep) / Math.max(1, end - stage.fromStep - 1));
  const [from, to] = stage.rate;
  return noam(successful, plan.schedule) * (from + (to - from) * share);
}
