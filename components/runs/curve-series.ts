import { joinAttempts } from "#components/charts/join-attempts.ts";
import { concatData } from "#components/charts/pick-entries.ts";
import {
  type ChartSeries,
  emptyData,
  parseSeries,
  type SeriesData,
} from "#components/charts/series.ts";
import type { SeriesAnswer } from "#server/metrics/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { moveX, originOf } from "./relative-axis.ts";
import type { View } from "./view.ts";

/** What the lines depend on of a run: nothing that each message changes. */
export type CurveRun = Pick<RunDetail, "attempts" | "attempt" | "startedAt">;

export type CurveInput = {
  run: CurveRun;
  answers: readonly (SeriesAnswer | undefined)[];
  keys: readonly string[];
  /** The axis that the answers are drawn on; step unless told. */
  x?: View["x"];
  labelOf: (key: string) => string;
};

/**
 * The lines of a curve: for each metric the history that counts, joined over the attempts; for the first metric
 * also what each abandoned attempt did beyond the step at which it was left.
 */
export function curveSeries({ run, answers, keys, labelOf, x }: CurveInput): ChartSeries[] {
  const by = -originOf(run, x ?? "step");
  const starts = new Map(run.attempts.map(({ number, fromStep }) => [number, fromStep]));
  return keys.flatMap((key, index) => {
    const { current, abandoned } = joinAttempts(attemptParts(answers, key, starts));
    const line: ChartSeries = {
      id: key,
      key,
      label: labelOf(key),
      role: index === 0 ? "main" : "other",
      attempt: run.attempt,
      data: moveX(current, by),
    };
    const left =
      index > 0
        ? []
        : abandoned.map(({ attempt, data }) =>
            leftBehind({ line, attempt, data: moveX(data, by) }),
          );
    return [line, ...left];
  });
}

type Part = { attempt: number; fromStep: number; data: SeriesData };

/** One part per attempt; an attempt that was asked for in two goes together again. */
function attemptParts(
  answers: CurveInput["answers"],
  key: string,
  starts: ReadonlyMap<number, number>,
): Part[] {
  const parts = new Map<number, SeriesData>();
  for (const answer of answers) {
    const series = answer?.series[key];
    if (answer !== undefined && series !== undefined) {
      parts.set(
        answer.attempt,
        concatData(parts.get(answer.attempt) ?? emptyData, parseSeries(series)),
      );
    }
  }
  return [...parts].map(([attempt, data]) => ({
    attempt,
    // An attempt whose opening has not been read yet is known by its first step.
    fromStep: starts.get(attempt) ?? data.steps[0] ?? 0,
    data,
  }));
}

type Left = { line: ChartSeries; attempt: number; data: SeriesData };

function leftBehind({ line, attempt, data }: Left): ChartSeries {
  return { ...line, id: `${line.id}@${attempt}`, role: "abandoned", attempt, data };
}
