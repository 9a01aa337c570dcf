import type { TrialBound } from "../contract.ts";
import { type Change, estimateChange, type Point } from "./estimate-change.ts";

type Finding = TrialBound &
  Change & {
    /** `met`: surely within what was asked; `broken`: surely beyond what was feared; else it is not certain. */
    outcome: "met" | "broken" | "unclear";
  };

type Verdict = { proposal: "keep" | "roll-back"; findings: Finding[] };

type Measured = { bound: TrialBound; before: readonly Point[]; after: readonly Point[] };

/**
 * The verdict that the data give: `keep` when every bound is met with certainty, else `roll-back`: a change that
 * cannot be shown to do what it promised is not kept. Null while a metric has too few values on either side.
 */
export function reachVerdict(measured: readonly Measured[], certainty?: number): Verdict | null {
  const findings: Finding[] = [];
  for (const { bound, before, after } of measured) {
    const change = estimateChange(before, after, certainty);
    if (change === null) {
      return null;
    }
    findings.push({ ...bound, ...change, outcome: judge(bound, change) });
  }
  const kept = findings.length > 0 && findings.every(({ outcome }) => outcome === "met");
  return { proposal: kept ? "keep" : "roll-back", findings };
}

/** In the direction in which more is worse. */
function judge(bound: TrialBound, { low, high }: Change): Finding["outcome"] {
  const sign = bound.better === "lower" ? 1 : -1;
  const [best, worst] = sign === 1 ? [low, high] : [-high, -low];
  const accept = bound.accept === undefined ? undefined : sign * bound.accept;
  const abort = bound.abort === undefined ? undefined : sign * bound.abort;
  if (abort !== undefined && best >= abort) {
    return "broken";
  }
  const promised = accept === undefined || worst <= accept;
  const safe = abort === undefined || worst < abort;
  return promised && safe ? "met" : "unclear";
}
