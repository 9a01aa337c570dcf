"use client";

import { useTranslations } from "next-intl";
import {
  type CSSProperties,
  type JSX,
  type PointerEvent,
  type ReactNode,
  useMemo,
  useState,
} from "react";
import { type CursorStore, useCursor, useCursorStore } from "./chart-sync.tsx";
import { ChartDataTable } from "./data-table.tsx";
import { findColumn } from "./find-column.ts";
import { formatMetric } from "./format.ts";
import { PanelCanvas } from "./panel-canvas.tsx";
import { colourOf } from "./prepare-lines.ts";
import { type PanelModel, preparePanel } from "./prepare-panel.ts";
import type { ChartSeries, ChartWindow, XAxis } from "./series.ts";
import { useBoxWidth } from "./use-box-width.ts";
import { useInView } from "./use-in-view.ts";

export type MetricPanelProps = {
  title: string;
  unit?: string | undefined;
  series: readonly ChartSeries[];
  xAxis: XAxis;
  window: ChartWindow;
  locale: string;
  /** Says what will fill the panel. */
  emptyText: string;
  /** Buttons beside the data table. */
  tools?: ReactNode;
};

const HEIGHT = 96;

/** One small metric, or a group that shares a unit: curve, two bounds, newest value. No ticks. */
export function MetricPanel(props: MetricPanelProps): JSX.Element {
  const t = useTranslations("charts");
  const [inView, watch] = useInView();
  const shown = useHeld(props, inView);
  const [width, measure] = useBoxWidth();
  const store = useCursorStore();
  const { title, unit, window, locale } = shown;
  const series = useMemo(
    () => shown.series.filter((one) => one.data.steps.length > 0),
    [shown.series],
  );
  const model = useMemo(() => preparePanel(series, window, width), [series, window, width]);
  const empty = series.length === 0;
  const values = { model, series, window, locale, store };
  return (
    <figure
      ref={watch}
      className={series.length > 1 ? "ch-panel ch-many" : "ch-panel"}
      aria-label={nameOf(shown, model, t)}
    >
      <figcaption>
        <h3>{title}</h3>
        {empty && <b className="ch-now ch-idle">{t("noData")}</b>}
        {series.length === 1 && (
          <b className="ch-now">
            <PanelValue {...values} index={0} />
            {unit ? <small>{`\u00a0${unit}`}</small> : null}
          </b>
        )}
      </figcaption>
      {empty ? (
        <div className="ch-panel-plot ch-empty">
          <p>{shown.emptyText}</p>
        </div>
      ) : (
        <div
          ref={measure}
          className="ch-panel-plot"
          onPointerMove={(event) => store.set(placeOf(event, window))}
          onPointerLeave={() => store.set(null)}
        >
          {width > 0 && (
            <PanelCanvas
              model={model}
              window={window}
              width={width}
              height={HEIGHT}
              colours={series.map((one, index) => one.colour ?? (index % 8) + 1)}
            />
          )}
          <PanelHairline store={store} window={window} />
          {model.bounds && (
            <>
              <span className="ch-high">
                {formatMetric(model.bounds[1], { locale, digits: 3 })}
              </span>
              <span className="ch-low">{formatMetric(model.bounds[0], { locale, digits: 3 })}</span>
            </>
          )}
        </div>
      )}
      {series.length > 1 && <PanelKey {...values} />}
      <div className="ch-panel-end">
        {!empty && (
          <ChartDataTable
            caption={title}
            series={series}
            window={window}
            xAxis={shown.xAxis}
            locale={locale}
          />
        )}
        {props.tools}
      </div>
    </figure>
  );
}

/** The newest props while in view, the last seen ones out of view. */
function useHeld<T>(props: T, inView: boolean): T {
  const [held, setHeld] = useState(props);
  if (inView && held !== props) {
    setHeld(props);
    return props;
  }
  return held;
}

function placeOf(event: PointerEvent<HTMLDivElement>, window: ChartWindow): number {
  const box = event.currentTarget.getBoundingClientRect();
  return window.from + ((event.clientX - box.left) / box.width) * (window.to - window.from);
}

function nameOf(
  { title, unit, locale }: MetricPanelProps,
  { bounds, newest }: PanelModel,
  t: ReturnType<typeof useTranslations<"charts">>,
): string {
  if (!bounds) {
    return title;
  }
  const say = (value: number): string => formatMetric(value, { locale, unit, digits: 3 });
  return t("panelSummary", {
    title,
    now: newest.map(say).join(", "),
    low: say(bounds[0]),
    high: say(bounds[1]),
  });
}

function PanelHairline({
  store,
  window,
}: {
  store: CursorStore;
  window: ChartWindow;
}): JSX.Element | null {
  const x = useCursor(store);
  if (x === null || x < window.from || x > window.to) {
    return null;
  }
  return (
    <span
      className="ch-hairline"
      style={{ left: `${((x - window.from) / (window.to - window.from)) * 100}%` }}
    />
  );
}

type Values = {
  model: PanelModel;
  series: readonly ChartSeries[];
  window: ChartWindow;
  locale: string;
  store: CursorStore;
};

/** The value under the shared cross-hair; the newest one while nobody points. */
function PanelValue({
  model,
  index,
  window,
  locale,
  store,
}: Values & { index: number }): JSX.Element {
  const x = useCursor(store);
  const columns = model.columns[index] ?? [];
  const pointed =
    x !== null && x >= window.from && x <= window.to ? columns[findColumn(columns, x)] : undefined;
  return (
    <>
      {formatMetric(pointed ? pointed.mean : (model.newest[index] ?? Number.NaN), {
        locale,
        digits: 3,
      })}
    </>
  );
}

function PanelKey(props: Values): JSX.Element {
  return (
    <ul className="ch-key">
      {props.series.map((one, index) => (
        <li
          key={one.id}
          className="ch-key-line"
          style={{ "--c": colourOf(one.colour ?? (index % 8) + 1) } as CSSProperties}
        >
          {one.label}{" "}
          <b>
            <PanelValue {...props} index={index} />
          </b>
        </li>
      ))}
    </ul>
  );
}
