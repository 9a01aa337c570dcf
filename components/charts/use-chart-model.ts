import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { ChartModel } from "./chart-model.ts";
import type { Lane } from "./events.ts";
import { formatMetric, formatStep } from "./format.ts";
import { defaultHeight } from "./layout.ts";
import type { LossChartProps } from "./loss-chart-props.ts";
import { prepareChart } from "./prepare-chart.ts";
import type { ChartSeries, ChartWindow } from "./series.ts";
import { summarise } from "./summarise.ts";

type ModelInput = { series: readonly ChartSeries[]; window: ChartWindow | null; width: number };

/** The drawing's model, made anew only when something that it depends on changed. */
export function useChartModel(
  props: LossChartProps,
  { series, window, width }: ModelInput,
): ChartModel | null {
  const t = useTranslations("charts");
  const { events, stages, xAxis, yScale, smoothing, fullWindow, locale, state, height, yName } =
    props;
  const { stepWord } = props;
  return useMemo(() => {
    if (width === 0 || state === "failed" || state === "empty" || !hasPoints(series)) {
      return null;
    }
    const laneNames: Record<Lane, string> = {
      run: t("lanes.run"),
      health: t("lanes.health"),
      output: t("lanes.output"),
      initiatives: t("lanes.initiatives"),
    };
    const word = xAxis === "step" ? (stepWord ?? "step") : xAxis;
    const axisNames = [yName ?? t("loss"), t(`axes.${word}`)];
    const box = { width, height: height ?? defaultHeight(width) };
    return prepareChart({
      series,
      events,
      stages,
      xAxis,
      yScale,
      smoothing,
      window,
      fullWindow,
      locale,
      laneNames,
      axisNames,
      ...box,
    });
  }, [
    series,
    events,
    stages,
    xAxis,
    yScale,
    smoothing,
    window,
    fullWindow,
    locale,
    state,
    height,
    yName,
    stepWord,
    width,
    t,
  ]);
}

/** The chart's name: its title and the trend of the shown window. */
export function useSummary({ title, locale }: LossChartProps, model: ChartModel | null): string {
  const t = useTranslations("charts");
  const summary = model ? summarise(model) : null;
  if (!summary) {
    return title;
  }
  const value = (number: number): string => formatMetric(number, { locale });
  return t("summary", {
    title,
    trend: summary.trend,
    first: value(summary.first.value),
    fromStep: formatStep(summary.first.step, locale),
    last: value(summary.last.value),
    toStep: formatStep(summary.last.step, locale),
    lowest: value(summary.lowest),
  });
}

/** Whether there is anything to draw. */
export const hasPoints = (series: readonly ChartSeries[]): boolean =>
  series.some(({ data }) => data.steps.length > 0);
