"use client";

import { useTranslations } from "next-intl";
import { type JSX, useMemo, useRef } from "react";
import { togglePin, useChoices, visibleSeries, withColours } from "./chart-choices.ts";
import { ChartCross, ChartPins } from "./chart-cross.tsx";
import { ChartCurves } from "./chart-curves.tsx";
import { ChartGround } from "./chart-ground.tsx";
import { ChartKey } from "./chart-key.tsx";
import { ChartLanes } from "./chart-lanes.tsx";
import { ChartMarks } from "./chart-marks.tsx";
import type { ChartModel } from "./chart-model.ts";
import { ChartOverview } from "./chart-overview.tsx";
import { EmptyPlot, FailedPlot, LoadingPlot, PointAge } from "./chart-state.tsx";
import { useCursorStore } from "./chart-sync.tsx";
import { ChartDataTable } from "./data-table.tsx";
import { defaultHeight } from "./layout.ts";
import type { LossChartProps } from "./loss-chart-props.ts";
import { minSpan } from "./min-span.ts";
import { PictureButtons } from "./picture-buttons.tsx";
import { PlotSurface } from "./plot-surface.tsx";
import { useBoxWidth } from "./use-box-width.ts";
import { hasPoints, useChartModel, useSummary } from "./use-chart-model.ts";
import { useDraftWindow } from "./use-draft-window.ts";
import type { ZoomBounds } from "./zoom-window.ts";

/** The annotated curve of a run: lines with their bands, events in lanes, cross-hair, zoom, overview, table. */
export function LossChart(props: LossChartProps): JSX.Element {
  const t = useTranslations("charts");
  const [width, measure] = useBoxWidth();
  const [window, setWindow] = useDraftWindow(props.window, props.onWindowChange);
  const [choices, setChoices] = useChoices(props.choices, props.onChoices);
  const drawing = useRef<HTMLElement>(null);
  const all = useMemo(() => withColours(props.series), [props.series]);
  const series = useMemo(() => visibleSeries(all, choices.hidden), [all, choices.hidden]);
  const model = useChartModel(props, { series, window, width });
  const summary = useSummary(props, model);
  const cut = props.state === "disconnected";
  return (
    <figure ref={drawing} className={cut ? "ch-fig ch-cut-off" : "ch-fig"} aria-label={summary}>
      <div ref={measure} className="ch-box" aria-busy={props.loading}>
        {model ? (
          <Plot
            {...props}
            model={model}
            onWindowChange={setWindow}
            pins={choices.pins}
            onPin={(x) => setChoices(togglePin(choices, x))}
          />
        ) : (
          <Stand {...props} height={props.height ?? defaultHeight(width)} />
        )}
      </div>
      {model && (
        <figcaption>
          <ChartKey
            model={model}
            smoothing={props.smoothing}
            series={all}
            choices={choices}
            onChoices={setChoices}
          />
          <div className="ch-actions">
            <ChartDataTable
              caption={props.title}
              series={series}
              window={model.window}
              xAxis={props.xAxis}
              locale={props.locale}
              stepWord={props.stepWord}
            />
            <PictureButtons figure={drawing} title={props.title} />
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

type PlotProps = LossChartProps & {
  model: ChartModel;
  pins: readonly number[];
  onPin: (x: number) => void;
};

function Plot(props: PlotProps): JSX.Element {
  const t = useTranslations("charts");
  const store = useCursorStore();
  const { model, xAxis, yScale, locale, live, loading, title, onWindowChange } = props;
  const main = model.lines.find((line) => line.series.role === "main") ?? model.lines[0];
  const bounds: ZoomBounds = { full: model.full, minSpan: minSpan(main?.series.data, model.full) };
  const cut = props.state === "disconnected";
  const read = { model, xAxis, locale, stepWord: props.stepWord };
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
          axisNames={{
            x: t(`axes.${xAxis === "step" ? (props.stepWord ?? "step") : xAxis}`),
            y: props.yName ?? t("loss"),
          }}
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
          onPin={props.onPin}
          onWindow={onWindowChange}
        />
        <ChartLanes model={model} locale={locale} />
        <ChartPins {...read} pins={props.pins} onUnpin={props.onPin} />
        <ChartCross {...read} store={store} />
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
