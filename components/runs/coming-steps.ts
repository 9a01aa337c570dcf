import type { RunDetail } from "#server/runs/contract.ts";
import { nextCheckpointStep } from "./next-checkpoint.ts";
import { viewStages } from "./stages.ts";

export type ComingStep =
  | { id: string; kind: "checkpoint" | "end"; step: number }
  | { id: string; kind: "stage"; step: number; number: number; name: string };

/** What lies ahead of a run, nearest first: its next checkpoint, its later stages, the end of its plan. */
export function comingSteps(
  run: Pick<RunDetail, "config" | "planned" | "step">,
  checkpointSteps: readonly number[],
): ComingStep[] {
  const checkpoint = nextCheckpointStep(run, checkpointSteps);
  const { steps: end } = run.planned;
  const stages = viewStages(run.planned, run.step).filter(({ state }) => state === "later");
  const coming: ComingStep[] = [
    ...(checkpoint === null
      ? []
      : [{ id: "checkpoint", kind: "checkpoint" as const, step: checkpoint }]),
    ...stages.map(({ number, name, fromStep }) => ({
      id: `stage ${number}`,
      kind: "stage" as const,
      step: fromStep,
      number,
      name,
    })),
    ...(end === undefined || end <= run.step
      ? []
      : [{ id: "end", kind: "end" as const, step: end }]),
  ];
  return coming.sort((a, b) => a.step - b.step);
}
