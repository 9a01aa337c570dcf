"use client";

import { useTranslations } from "next-intl";
import { type JSX, type ReactNode, useMemo } from "react";
import { ChartCross } from "./chart-cross.tsx";
import { ChartCurves } from "./chart-curves.tsx";
import { ChartGround } from "./chart-ground.tsx";
import { ChartKey } from "./chart-key.tsx";
import { ChartLanes } from "./chart-lanes.tsx";
import { ChartMarks } from "./chart-marks.tsx";
import { ChartOverview } from "./chart-overview.tsx";
import { EmptyPlot, FailedPlot, LoadingPlot, PointAge } from "./chart-state.tsx";
import { useCursorStore } from "./chart-sync.tsx";
import { ChartDataTable } from "./data-table.tsx";
import type { ChartEvent, ChartStage, Lane } from "./events.ts";
import { median } from "./find-gaps.ts";
import { formatMetric, formatStep } from "./format.ts";
import { defaultHeight } from "./layout.ts";
import { PlotSurface } from "./plot-surface.tsx";
import { type ChartModel, prepareChart } from "./prepare-chart.ts";
import type { YScale } from "./scale.ts";
import { at, type ChartSeries, type ChartWindow, type SeriesData, type XAxis } from "./series.ts";
import { summarise } from "./summarise.ts";
import { useBoxWidth } from "./use-box-width.ts";
import { useDraftWindow } from "./use-draft-window.ts";
import { useSettled } from "./use-settled.ts";
import type { ZoomBounds } from "./zoom-window.ts";

export type LossChartProps = {
  title: string;
  series: readonly ChartSeries[];
  events: readonly ChartEvent[];
  stages: readonly ChartStage[];
  xAxis: XAxis;
  yScale: YScale;
  /** Factor of the moving average, 0 (none) to 0.999. */
  smoothing: number;
  /** What is shown; null shows the whole run and grows with it. */
  window: ChartWindow | null;
  fullWindow: ChartWindow;
  /** The main series over the whole run, for the strip below; without it the main series serves. */
  overview?: ChartSeries | undefined;
  live: boolean;
  loading: boolean;
  state?: "ok" | "empty" | "failed" | "disconnected" | undefined;
  onWindowChange: (window: ChartWindow | null) => void;
  locale: string;
  height?: number | undefined;
  /** Word at the head of the y axis; "loss" unless told. */
  yName?: string | undefined;
  emptyText?: string | undefined;
  failedText?: string | undefined;
  onRetry?: (() => void) | undefined;
  /** More links beside the data table: CSV, Parquet, SVG. */
  actions?: ReactNode;
};

/** Twice a second is as often as a curve of this size can change without being felt. */
const SETTLE_MS = 500;

/** The annotated curve of a run: lines with their bands, events in lanes, cross-hair, zoom, overview, table. */
export function LossChart(props: LossChartProps): JSX.Element {
  const t = useTranslations("charts");
  const [width, measure] = useBoxWidth();
  const [window, setWindow] = useDraftWindow(props.window, props.onWindowChange);
  const series = useSettled(props.series, SETTLE_MS);
  const model = useModel(props, { series, window, width });
  const summary = useSummary(props, model);
  const cut = props.state === "disconnected";
  return (
    <figure className={cut ? "ch-fig ch-cut-off" : "ch-fig"} aria-label={summary}>
      <div ref={measure} className="ch-box" aria-busy={props.loading}>
        {model ? (
          <Plot {...props} model={model} onWindowChange={setWindow} />
        ) : (
          <Stand {...props} height={props.height ?? defaultHeight(width)} />
        )}
      </div>
      {model && (
        <figcaption>
          <ChartKey model={model} smoothing={props.smoothing} />
          <div className="ch-actions">
            <ChartDataTable
              caption={props.title}
              series={series}
              window={model.window}
              xAxis={props.xAxis}
              locale={props.locale}
            />
            {props.actions}
          </div>
        </figcaption>
      )}
      {props.loading && model && (
        <span className="ch-unseen" role="status">
          {t("loading")}
        </span>
      )}
    </figure>
  );
}

/** What stands in the plot's place while there is nothing to draw. */
function Stand(props: LossChartProps & { height: number }): JSX.Element {
  const t = useTranslations("charts");
  if (props.state === "failed") {
    return <FailedPlot height={props.height} text={props.failedText} onRetry={props.onRetry} />;
  }
  if (props.state === "empty" || (!props.loading && !hasPoints(props.series))) {
    return <EmptyPlot height={props.height} text={props.emptyText ?? t("empty")} />;
  }
  return <LoadingPlot height={props.height} />;
}

const hasPoints = (series: readonly ChartSeries[]): boolean =>
  series.some(({ data }) => data.steps.length > 0);

type ModelInput = { series: readonly ChartSeries[]; window: ChartWindow | null; width: number };

function useModel(props: LossChartProps, { series, window, width }: ModelInput): ChartModel | null {
  const t = useTranslations("charts");
  const { events, stages, xAxis, yScale, smoothing, fullWindow, locale, state, height, yName } =
    props;
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
    const axisNames = [yName ?? t("loss"), t(`axes.${xAxis}`)];
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
    width,
    t,
  ]);
}

function useSummary({ title, locale }: LossChartProps, model: ChartModel | null): string {
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

function Plot(props: LossChartProps & { model: ChartModel }): JSX.Element {
  const t = useTranslations("charts");
  const store = useCursorStore();
  const { model, xAxis, yScale, locale, live, loading, title, onWindowChange } = props;
  const main = model.lines.find((line) => line.series.role === "main") ?? model.lines[0];
  const bounds: ZoomBounds = { full: model.full, minSpan: minSpan(main?.series.data, model.full) };
  const cut = props.state === "disconnected";
  const overview = props.overview ?? main?.series;
  const width = model.layout.width - model.layout.right;
  return (
    <>
      <div
        className={loading ? "ch-stage-box ch-stale" : "ch-stage-box"}
        style={{ height: model.layout.height }}
      >
        <ChartGround
          model={model}
          axisNames={{ x: t(`axes.${xAxis}`), y: props.yName ?? t("loss") }}
        />
        <ChartCurves model={model} />
        <ChartMarks model={model} live={live && !cut} locale={locale} />
        <PlotSurface
          model={model}
          store={store}
          bounds={bounds}
          xAxis={xAxis}
          locale={locale}
          name={title}
          onWindow={onWindowChange}
        />
        <ChartLanes model={model} locale={locale} />
        <ChartCross model={model} store={store} xAxis={xAxis} locale={locale} />
        {cut && main?.prepared.newest && <PointAge time={main.prepared.newest.time} />}
      </div>
      {overview && (
        <ChartOverview
          series={overview}
          width={width}
          window={model.window}
          bounds={bounds}
          xAxis={xAxis}
          yScale={yScale}
          locale={locale}
          onWindow={onWindowChange}
        />
      )}
    </>
  );
}

const MIN_POINTS = 12;
const SMALLEST_SHARE = 1e-5;

/** The narrowest window: a dozen points at the usual distance, for nearer there is nothing to see. */
function minSpan(data: SeriesData | undefined, full: ChartWindow): number {
  const floor = (full.to - full.from) * SMALLEST_SHARE;
  if (!data) {
    return floor;
  }
  const { x } = data;
  const distances = x.slice(1).map((value, index) => {
    const points = data.kind === "raw" ? 1 : at(data.count, index);
    return (value - at(x, index)) / points;
  });
  const usual = median(distances.filter((distance) => distance > 0));
  return Number.isFinite(usual) ? Math.max(floor, MIN_POINTS * usual) : floor;
}
