import { concatData, pickEntries } from "./pick-entries.ts";
import { at, emptyData, lengthOf, type SeriesData } from "./series.ts";

/** One attempt's own points, and the step at which it began (0 for the first). */
export type AttemptData = { attempt: number; fromStep: number; data: SeriesData };

export type JoinedAttempts = {
  /** The history that counts: each attempt up to the step where the next one took over. */
  current: SeriesData;
  /** What each earlier attempt did beyond that step; attempts that left nothing are absent. */
  abandoned: { attempt: number; data: SeriesData }[];
};

/**
 * Splits a run's attempts into the line that counts and the stretches that were left behind.
 * A bucket that straddles the take-over belongs to the abandoned part: none of its numbers may pass
 * for history that still counts.
 */
export function joinAttempts(attempts: readonly AttemptData[]): JoinedAttempts {
  const ordered = [...attempts].sort((a, b) => a.attempt - b.attempt);
  let current: SeriesData = emptyData;
  const abandoned: JoinedAttempts["abandoned"] = [];
  ordered.forEach((one, index) => {
    const takeOver = Math.min(
      ...ordered.slice(index + 1).map((later) => later.fromStep),
      Number.POSITIVE_INFINITY,
    );
    if (takeOver === Number.POSITIVE_INFINITY) {
      current = concatData(current, one.data);
      return;
    }
    const lastSteps = one.data.kind === "raw" ? one.data.steps : one.data.lastSteps;
    const counts = (entry: number): boolean => at(lastSteps, entry) < takeOver;
    current = concatData(current, pickEntries(one.data, counts));
    const left = pickEntries(one.data, (entry) => !counts(entry));
    if (lengthOf(left) > 0) {
      abandoned.push({ attempt: one.attempt, data: left });
    }
  });
  return { current, abandoned };
}
