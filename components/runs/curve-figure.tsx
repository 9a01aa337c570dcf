"use client";
import { useLocale, useTranslations } from "next-intl";
import { lazy, memo, type ReactNode, Suspense, useMemo } from "react";
import type { ChartEvent } from "#components/charts/events.ts";
import type { ChartSeries } from "#components/charts/series.ts";
import { useTrialMarks } from "#components/initiatives/use-trial-marks.ts";
import type { SeriesAnswer } from "#server/metrics/contract.ts";
import type { RunDetail, RunEvent } from "#server/runs/contract.ts";
import { useHydrated } from "./clock.tsx";
import { curveSeries } from "./curve-series.ts";
import { chosenWindow, curveExtent, shownWindow } from "./curve-window.ts";
import { stepUnit } from "./run-words.ts";
import { StaticCurve } from "./static-curve.tsx";
import { useCurve } from "./use-curve.ts";
import { useEventText } from "./use-event-text.ts";
import { useMetricWords } from "./use-metric-words.ts";
import type { View } from "./view.ts";

// Recharts comes after the first paint: until then, and without script, the curve stands as plain SVG.
const LossChart = lazy(() =>
  import("#components/charts/line-chart.tsx").then((chart) => ({ default: chart.LossChart })),
);

type CurveFigureProps = {
  run: RunDetail;
  live: boolean;
  /** The connection is lost: what is drawn may be old. */
  cut: boolean;
  view: View;
  events: readonly RunEvent[];
  title: string;
  onWindow: (window: View["window"]) => void;
  onChoices?: (choices: View["choices"]) => void;
  actions?: ReactNode;
};

/** The annotated curve of a run, kept current. Remembers its drawing, for the page around it changes each second. */
export const CurveFigure = memo(function CurveFigure(props: CurveFigureProps) {
  const { run, view, events, title, live, cut, onWindow } = props;
  const locale = useLocale();
  const words = useTranslations("curve");
  const metrics = useMetricWords();
  const hydrated = useHydrated();
  const curve = useCurve(run, view);
  const whole = useLines(run, view, curve.whole);
  const zoomed = useLines(run, view, curve.answers === curve.whole ? NONE : curve.answers);
  const lines = curve.answers === curve.whole ? whole : zoomed;
  const full = useMemo(() => curveExtent(whole), [whole]);
  const shown = useMemo(() => shownWindow(curve.window, full), [curve.window, full]);
  const stages = useStages(run);
  const own = useMarks(events);
  const trials = useTrialMarks(run.id);
  const marks = useMemo(() => [...own, ...trials], [own, trials]);
  const fallback = <StaticCurve series={lines} label={title} />;
  const empty = !curve.loading && lines.every(({ data }) => data.steps.length === 0);
  if (!hydrated) {
    return fallback;
  }
  return (
    <Suspense fallback={fallback}>
      <LossChart
        title={title}
        series={lines}
        overview={whole[0]}
        events={marks}
        stages={stages}
        xAxis={view.x}
        yScale={view.y}
        smoothing={view.smoothing}
        window={shown}
        fullWindow={full}
        live={live && (curve.window === null || curve.window.to === null)}
        loading={curve.loading}
        state={curve.failed ? "failed" : empty ? "empty" : cut ? "disconnected" : "ok"}
        onWindowChange={(window) => onWindow(chosenWindow(window, full, view.x))}
        onRetry={curve.retry}
        locale={locale}
        yName={view.keys[0] === "loss" ? undefined : metrics.label(view.keys[0] ?? "")}
        emptyText={words("empty")}
        stepWord={stepUnit(run.config)}
        choices={props.onChoices === undefined ? undefined : view.choices}
        onChoices={props.onChoices}
        actions={props.actions}
      />
    </Suspense>
  );
});

type Answers = readonly (SeriesAnswer | undefined)[];
const NONE: Answers = [];

function useLines(run: RunDetail, { keys, x }: View, answers: Answers): ChartSeries[] {
  const { label } = useMetricWords();
  const { attempts, attempt, startedAt } = run;
  return useMemo(
    () => curveSeries({ run: { attempts, attempt, startedAt }, answers, keys, x, labelOf: label }),
    [attempts, attempt, startedAt, answers, keys, x, label],
  );
}

function useStages({ planned }: RunDetail) {
  const words = useTranslations("curve");
  return useMemo(
    () =>
      (planned.stages ?? []).map(({ name, fromStep }, index) => ({
        name: words("stage", { number: index + 1, name }),
        fromStep,
      })),
    [planned.stages, words],
  );
}

function useMarks(events: readonly RunEvent[]): ChartEvent[] {
  const textOf = useEventText();
  return useMemo(
    () =>
      events.map((event) => ({
        id: event.id,
        kind: event.kind,
        step: event.step,
        time: event.time,
        label: textOf(event),
      })),
    [events, textOf],
  );
}
