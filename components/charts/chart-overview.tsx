import { useTranslations } from "next-intl";
import { type JSX, type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import { formatX } from "./format.ts";
import { type Column, prepareSeries } from "./prepare-series.ts";
import { clamp, makeScale, type Scale, type YScale } from "./scale.ts";
import type { ChartSeries, ChartWindow, XAxis } from "./series.ts";
import { yDomain } from "./y-domain.ts";
import { clampWindow, orWhole, panWindow, type ZoomBounds } from "./zoom-window.ts";

type Props = {
  series: ChartSeries;
  width: number;
  window: ChartWindow;
  bounds: ZoomBounds;
  xAxis: XAxis;
  yScale: YScale;
  locale: string;
  onWindow: (window: ChartWindow | null) => void;
};

const HEIGHT = 44;
const HANDLE = 24;

/** The whole run in a strip, with the window that is shown above: drag it, or one of its ends. */
export function ChartOverview(props: Props): JSX.Element {
  const { series, width, window, bounds, yScale } = props;
  const t = useTranslations("charts");
  const x = makeScale([bounds.full.from, bounds.full.to], [0, width]);
  const [from, to] = [x.px(window.from), Math.max(x.px(window.to), x.px(window.from) + 2)];
  const drag = useStripDrag(props, x);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a strip with two handles is a group, no form field.
    <div
      className="ch-overview"
      role="group"
      aria-label={t("overview")}
      style={{ width, height: HEIGHT }}
      {...drag.strip}
    >
      <OverviewDrawing data={series.data} width={width} full={bounds.full} yScale={yScale} />
      <span className="ch-veil" style={{ left: 0, width: from }} />
      <span className="ch-veil" style={{ left: to, right: 0 }} />
      <span className="ch-shown" style={{ left: from, width: to - from }} />
      <Handle {...props} edge="from" px={from} events={drag.from} />
      <Handle {...props} edge="to" px={to} events={drag.to} />
    </div>
  );
}

type Drawing = { data: ChartSeries["data"]; width: number; full: ChartWindow; yScale: YScale };

function OverviewDrawing({ data, width, full, yScale }: Drawing): JSX.Element {
  const paths = useMemo(() => {
    const prepared = prepareSeries(data, { window: full, pixels: width / 2, smoothing: 0.9 });
    const domain = yDomain([prepared], { scale: yScale, fullWindow: full }) ?? [0, 1];
    const place = {
      x: makeScale([full.from, full.to], [0, width]),
      y: makeScale(domain, [HEIGHT - 3, 3], yScale),
    };
    return { band: bandPath(prepared.columns, place), line: linePath(prepared.columns, place) };
  }, [data, width, full, yScale]);
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      <path className="ch-band" d={paths.band} />
      <path className="ch-thin" d={paths.line} />
    </svg>
  );
}

type Place = { x: Scale; y: Scale };
const inStrip = (py: number): string => clamp(py, -HEIGHT, 2 * HEIGHT).toFixed(1);

function linePath(columns: readonly Column[], { x, y }: Place): string {
  return columns
    .map(
      (column) =>
        `${column.lift ? "M" : "L"}${x.px(column.x).toFixed(1)} ${inStrip(y.px(column.smooth))}`,
    )
    .join("");
}

/** A needle per column, which in a strip this low reads as a band. */
function bandPath(columns: readonly Column[], { x, y }: Place): string {
  return columns
    .map(
      (column) =>
        `M${x.px(column.x).toFixed(1)} ${inStrip(y.px(column.max))}V${inStrip(y.px(column.min))}`,
    )
    .join("");
}

type StripEvents = Pick<
  JSX.IntrinsicElements["div"],
  "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel"
>;
type Edge = "from" | "to";

/** Dragging the strip moves the window, dragging a handle moves one end; a click brings the window there. */
function useStripDrag(
  props: Props,
  x: Scale,
): { strip: StripEvents; from: StripEvents; to: StripEvents } {
  const start = useRef<{ part: "window" | Edge; clientX: number; window: ChartWindow } | null>(
    null,
  );
  const grip = (part: "window" | Edge): StripEvents => ({
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      const grabbed = part === "window" ? windowAt(event, props, x) : props.window;
      start.current = { part, clientX: event.clientX, window: grabbed };
      if (grabbed !== props.window) {
        props.onWindow(orWhole(grabbed, props.bounds.full));
      }
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (start.current?.part === part) {
        const by = x.value(event.clientX - start.current.clientX) - x.value(0);
        props.onWindow(
          orWhole(moved(start.current.window, props.bounds, { part, by }), props.bounds.full),
        );
      }
    },
    onPointerUp: () => {
      start.current = null;
    },
    onPointerCancel: () => {
      start.current = null;
    },
  });
  return { strip: grip("window"), from: grip("from"), to: grip("to") };
}

/** The window under the pointer: the shown one, or as wide a one around the place that was clicked. */
function windowAt(
  event: PointerEvent<HTMLDivElement>,
  { window, bounds }: Props,
  x: Scale,
): ChartWindow {
  const place = x.value(event.clientX - event.currentTarget.getBoundingClientRect().left);
  return place >= window.from && place <= window.to
    ? window
    : panWindow(window, bounds, place - (window.from + window.to) / 2);
}

function moved(
  window: ChartWindow,
  bounds: ZoomBounds,
  { part, by }: { part: "window" | Edge; by: number },
): ChartWindow {
  if (part === "window") {
    return panWindow(window, bounds, by);
  }
  const { full, minSpan } = bounds;
  return part === "from"
    ? { from: clamp(window.from + by, full.from, window.to - minSpan), to: window.to }
    : { from: window.from, to: clamp(window.to + by, window.from + minSpan, full.to) };
}

const KEY_SHARE = 0.01;

function Handle(props: Props & { edge: Edge; px: number; events: StripEvents }): JSX.Element {
  const t = useTranslations("charts");
  const { edge, px, events, window, bounds, xAxis, locale, onWindow } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (direction !== 0) {
      event.preventDefault();
      const by =
        direction * (event.shiftKey ? 10 : 1) * KEY_SHARE * (bounds.full.to - bounds.full.from);
      onWindow(
        orWhole(clampWindow(moved(window, bounds, { part: edge, by }), bounds), bounds.full),
      );
    }
  };
  return (
    <div
      className="ch-handle"
      style={{ left: px - HANDLE / 2, width: HANDLE }}
      role="slider"
      tabIndex={0}
      aria-label={t(edge === "from" ? "windowBegins" : "windowEnds")}
      aria-valuemin={bounds.full.from}
      aria-valuemax={bounds.full.to}
      aria-valuenow={window[edge]}
      aria-valuetext={formatX(window[edge], xAxis, locale)}
      onKeyDown={onKeyDown}
      {...events}
    />
  );
}
