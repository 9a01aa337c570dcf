import type { Plan } from "#server/runs/contract.ts";

export type StageView = {
  /** Counted from 1, as people do. */
  number: number;
  name: string;
  fromStep: number;
  /** Where the next stage begins or the plan ends; null when the plan has no end. */
  toStep: number | null;
  state: "done" | "now" | "later";
  /** Share of the stage that is done, 0 to 1. */
  done: number;
  /** Share of the plan's steps, 0 to 1, for drawing. */
  width: number;
};

/** The plan's stages as seen from `step`; the newest begun stage is the current one, also beyond the plan's end. */
export function viewStages(planned: Plan, step: number): StageView[] {
  const stages = [...(planned.stages ?? [])].sort((a, b) => a.fromStep - b.fromStep);
  const lastStart = stages.at(-1)?.fromStep ?? 0;
  const end = planned.steps ?? null;
  const drawnEnd = Math.max(end ?? step, lastStart + 1, 1);
  const current = stages.findLastIndex((stage) => stage.fromStep <= step);
  const over = end !== null && step >= end;
  return stages.map((stage, index) => {
    const toStep = stages[index + 1]?.fromStep ?? end;
    const drawnTo = toStep ?? drawnEnd;
    const length = Math.max(0, drawnTo - stage.fromStep);
    const state = index < current || over ? "done" : index === current ? "now" : "later";
    const within = length === 0 ? 1 : Math.min(1, Math.max(0, (step - stage.fromStep) / length));
    return {
      number: index + 1,
      name: stage.name,
      fromStep: stage.fromStep,
      toStep,
      state,
      done: state === "done" ? 1 : state === "later" ? 0 : within,
      width: length / drawnEnd,
    };
  });
}

/** Share of the plan that is done, 0 to 1, by steps or else by tokens; null without a plan. */
export function planShare(
  planned: Plan,
  at: { step: number; tokens: number | null },
): number | null {
  if (planned.steps !== undefined && planned.steps > 0) {
    return Math.min(1, at.step / planned.steps);
  }
  if (planned.tokens !== undefined && planned.tokens > 0 && at.tokens !== null) {
    return Math.min(1, at.tokens / planned.tokens);
  }
  return null;
}
