import type { RunListItem, RunStatus } from "#server/runs/contract.ts";

const ONGOING: readonly RunStatus[] = ["live", "quiet", "paused"];

/** The run that the strip and the home page show: one that speaks, else the one that spoke last; archives never. */
export function pickOnAir(runs: readonly RunListItem[]): RunListItem | null {
  const own = runs.filter((run) => !run.archived).sort((a, b) => b.updatedAt - a.updatedAt);
  return (
    own.find((run) => ONGOING.includes(run.status)) ??
    own.find((run) => run.status !== "waiting") ??
    own[0] ??
    null
  );
}
