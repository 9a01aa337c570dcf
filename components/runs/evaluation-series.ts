import { joinAttempts } from "#components/charts/join-attempts.ts";
import type { ChartSeries, RawData } from "#components/charts/series.ts";
import type { RunDetail, StoredEvaluation } from "#server/runs/contract.ts";
import type { View } from "./view.ts";

/** What evaluations can be drawn on; they are not told by tokens. */
export type EvaluationAxis = Exclude<View["x"], "tokens">;

type Input = {
  run: Pick<RunDetail, "attempts" | "startedAt">;
  evaluations: readonly StoredEvaluation[];
  x: EvaluationAxis;
  labelOf: (key: string) => string;
};

/** One line for each result, of the attempts that count; in rising order of steps. */
export function evaluationSeries({ run, evaluations, x, labelOf }: Input): ChartSeries[] {
  const keys = [...new Set(evaluations.flatMap(({ results }) => Object.keys(results)))].sort();
  const starts = new Map(run.attempts.map(({ number, fromStep }) => [number, fromStep]));
  const rising = [...evaluations].sort((a, b) => a.step - b.step);
  return keys.map((key) => {
    const own = rising.filter(({ results }) => results[key] !== undefined);
    const attempts = [...new Set(own.map(({ attempt }) => attempt))];
    const { current } = joinAttempts(
      attempts.map((attempt) => ({
        attempt,
        fromStep: starts.get(attempt) ?? 0,
        data: dataOf(
          own.filter((one) => one.attempt === attempt),
          { key, x, origin: run.startedAt ?? 0 },
        ),
      })),
    );
    return {
      id: key,
      key,
      label: labelOf(key),
      role: "main",
      attempt: Math.max(...attempts),
      data: current,
    };
  });
}

type Place = { key: string; x: EvaluationAxis; origin: number };

function dataOf(evaluations: readonly StoredEvaluation[], { key, x, origin }: Place): RawData {
  const steps = evaluations.map(({ step }) => step);
  const times = evaluations.map(({ time }) => time);
  return {
    kind: "raw",
    steps,
    times,
    x: x === "step" ? steps : x === "time" ? times : times.map((time) => time - origin),
    values: evaluations.map(({ results }) => Number(results[key])),
  };
}
