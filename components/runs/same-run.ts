import type { RunDetail } from "#server/runs/contract.ts";

type WithRun = { run: RunDetail };

/**
 * For `memo`: whether a part of the page has the same properties, and of its run the same `facts`. Each message makes a
 * new run object; a part that shows only what seldom changes need not be drawn again for it.
 */
export function sameRun(...facts: (keyof RunDetail)[]) {
  return <Props extends WithRun>(before: Props, after: Props): boolean =>
    facts.every((fact) => before.run[fact] === after.run[fact]) &&
    (Object.keys(after) as (keyof Props)[]).every(
      (name) => name === "run" || before[name] === after[name],
    );
}
