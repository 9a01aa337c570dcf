"use client";
import { useTranslations } from "next-intl";
import {
  type JSX,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useCursor, useCursorStore } from "./chart-sync.tsx";
import { formatMetric, formatStep } from "./format.ts";
import { HeatTable } from "./heat-table.tsx";
import { paintHeat } from "./paint-heat.ts";
import {
  findHeatCell,
  type HeatData,
  type HeatModel,
  type HeatScale,
  prepareHeatMap,
} from "./prepare-heat-map.ts";
import type { ChartWindow } from "./series.ts";
import { useBoxWidth } from "./use-box-width.ts";
import { useThemeName } from "./use-theme-name.ts";

export type HeatMapProps = {
  title: string;
  data: HeatData;
  window: ChartWindow;
  scale: HeatScale;
  locale: string;
  /** False where the page's other charts do not run by step: then nothing is pointed at together. */
  shared?: boolean;
};

type Cell = { row: number; column: number };

const LEAST_ROW = 14;
const MOST_ROW = 26;
const HEIGHT = 300;

/** Rows of colour over steps: one layer a row. Pointing, or arrow keys, read single values. */
export function HeatMap(props: HeatMapProps): JSX.Element {
  const { title, data, window, scale, locale } = props;
  const t = useTranslations("charts");
  const [width, measure] = useBoxWidth();
  const [cell, setCell] = useState<Cell | null>(null);
  const model = useMemo(
    () => prepareHeatMap(data, { window, width: Math.max(1, width), scale }),
    [data, window, width, scale],
  );
  const rowHeight = Math.max(LEAST_ROW, Math.min(MOST_ROW, HEIGHT / Math.max(1, data.rows.length)));
  const known = cell !== null && cell.row < data.rows.length ? cell : null;
  return (
    <figure className="ch-heat" aria-label={title}>
      <div className="ch-heat-body">
        <ol className="ch-heat-names" aria-hidden="true">
          {data.rows.map(({ key, label }) => (
            <li key={key} style={{ height: rowHeight }}>
              {label}
            </li>
          ))}
        </ol>
        <div ref={measure}>
          <HeatPlot
            {...props}
            model={model}
            width={width}
            rowHeight={rowHeight}
            cell={known}
            onCell={setCell}
          />
          <p className="ch-heat-ends" aria-hidden="true">
            <span>{formatStep(Math.ceil(window.from), locale)}</span>
            <span>{formatStep(Math.floor(window.to), locale)}</span>
          </p>
        </div>
      </div>
      <figcaption>
        <HeatKey model={model} locale={locale} />
        <p className="ch-heat-reading">
          {known === null ? t("heatHint") : readingOf({ t, data, locale }, known)}
        </p>
        <HeatTable caption={title} data={data} locale={locale} />
      </figcaption>
    </figure>
  );
}

type Words = ReturnType<typeof useTranslations<"charts">>;

function readingOf(
  { t, data, locale }: { t: Words; data: HeatData; locale: string },
  { row, column }: Cell,
): string {
  const value = data.rows[row]?.values[column];
  const [from, to] = [data.steps[column] ?? 0, data.lastSteps[column] ?? 0];
  return t("heatReading", {
    row: data.rows[row]?.label ?? "",
    steps:
      to > from
        ? `${formatStep(from, locale)} – ${formatStep(to, locale)}`
        : formatStep(from, locale),
    value: value === null || value === undefined ? t("noValue") : formatMetric(value, { locale }),
  });
}

type PlotProps = HeatMapProps & {
  model: HeatModel;
  width: number;
  rowHeight: number;
  cell: Cell | null;
  onCell: (cell: Cell | null) => void;
};

function HeatPlot(props: PlotProps): JSX.Element {
  const {
    model,
    data,
    window,
    width,
    rowHeight,
    cell,
    onCell,
    shared = true,
    title,
    locale,
  } = props;
  const t = useTranslations("charts");
  const store = useCursorStore();
  const cross = useCursor(store);
  const canvas = usePainted(props);
  const height = data.rows.length * rowHeight;
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    onCell(findHeatCell(model, { x, y }, { count: data.rows.length, height: rowHeight }));
    if (shared) {
      store.set(window.from + (x / box.width) * (window.to - window.from));
    }
  };
  const leave = () => {
    onCell(null);
    store.set(null);
  };
  const place = cell === null ? null : model.columns[cell.column];
  return (
    <div
      className="ch-heat-plot"
      style={{ height }}
      role="slider"
      tabIndex={0}
      aria-label={t("heatSurface", { name: title })}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, data.steps.length - 1)}
      aria-valuenow={cell?.column ?? 0}
      aria-valuetext={cell === null ? t("heatHint") : readingOf({ t, data, locale }, cell)}
      onPointerMove={point}
      onPointerLeave={leave}
      onBlur={leave}
      onKeyDown={(event) => walk(event, props)}
    >
      <canvas ref={canvas} style={{ width, height }} />
      {place && cell && (
        <span
          className="ch-heat-cell"
          style={{
            left: place.left,
            width: Math.max(2, place.width),
            top: cell.row * rowHeight,
            height: rowHeight,
          }}
        />
      )}
      {shared && cross !== null && cross >= window.from && cross <= window.to && (
        <span
          className="ch-hairline"
          style={{ left: `${((cross - window.from) / (window.to - window.from)) * 100}%` }}
        />
      )}
    </div>
  );
}

/** A canvas that is painted anew with other numbers, another size or another theme. */
function usePainted({ model, data, width, rowHeight }: PlotProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeName();
  useEffect(() => {
    if (canvas.current !== null && width > 0 && theme !== "") {
      paintHeat(canvas.current, model, { width, rowHeight, rows: data.rows.length });
    }
  }, [model, data, width, rowHeight, theme]);
  return canvas;
}

const MOVES: Record<string, readonly [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function walk(event: KeyboardEvent, { data, cell, onCell }: PlotProps): void {
  const move = MOVES[event.key];
  if (event.key === "Escape") {
    onCell(null);
  }
  if (move === undefined) {
    return;
  }
  event.preventDefault();
  const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  onCell(
    cell === null
      ? { row: 0, column: data.steps.length - 1 }
      : {
          row: within(cell.row + move[0], data.rows.length),
          column: within(cell.column + move[1], data.steps.length),
        },
  );
}

/** What the colours mean: the values at their ends. */
function HeatKey({ model, locale }: { model: HeatModel; locale: string }): JSX.Element {
  const t = useTranslations("charts");
  const [low, high] = model.domain;
  return (
    <p className="ch-heat-key">
      <span>{formatMetric(low, { locale, digits: 3 })}</span>
      <i className={model.diverging ? "ch-heat-both" : "ch-heat-one"} aria-hidden="true" />
      <span>{formatMetric(high, { locale, digits: 3 })}</span>
      <small>{t(model.scale === "log" ? "heatLog" : "heatLinear")}</small>
    </p>
  );
}
