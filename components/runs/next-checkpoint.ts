import type { RunDetail } from "#server/runs/contract.ts";

/**
 * The step of the next checkpoint: by the run's `config.checkpointEvery`, else by the distance of the newest two;
 * null when neither is known or the plan ends before it.
 */
export function nextCheckpointStep(
  run: Pick<RunDetail, "config" | "planned" | "step">,
  steps: readonly number[],
): number | null {
  const sorted = [...new Set(steps)].sort((a, b) => b - a);
  const [newest, before] = sorted;
  const declared = run.config["checkpointEvery"];
  const every = isCount(declared)
    ? declared
    : newest !== undefined && before !== undefined
      ? newest - before
      : 0;
  if (every <= 0) {
    return null;
  }
  const anchor = isCount(declared) ? 0 : (newest ?? 0);
  const next = anchor + Math.max(1, Math.floor((run.step - anchor) / every) + 1) * every;
  return run.planned.steps !== undefined && next > run.planned.steps ? null : next;
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
