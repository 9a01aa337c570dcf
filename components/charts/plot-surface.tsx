import { useTranslations } from "next-intl";
import { type JSX, type KeyboardEvent, useEffect, useRef } from "react";
import { useCursor } from "./chart-sync.tsx";
import { findColumn } from "./find-column.ts";
import { formatMetric, formatX } from "./format.ts";
import { readCursor, walkedColumns } from "./read-cursor.ts";
import type { SurfaceProps } from "./surface-props.ts";
import { usePlotPointer } from "./use-plot-pointer.ts";
import { orWhole, panWindow, wheelFactor, zoomByKey, zoomWindow } from "./zoom-window.ts";

/**
 * The plot's face towards hands: pointing and arrow keys move the cross-hair, dragging selects a stretch,
 * wheel and pinch zoom. To assistive technology it is a slider along the curve that speaks the values.
 */
export function PlotSurface(props: SurfaceProps): JSX.Element {
  const t = useTranslations("charts");
  const { model, store, xAxis, locale, name } = props;
  const { layout, x } = model;
  const element = useRef<HTMLDivElement>(null);
  const { handlers, selection } = usePlotPointer(props);
  useWheel(element, props);
  const cursor = useCursor(store);
  const columns = walkedColumns(model);
  const place = cursor ?? columns.at(-1)?.x ?? model.window.to;
  const reading = readCursor(model, place);
  const row = reading?.rows[0];
  const value = row
    ? t("spoken", {
        place: formatX(reading.column.lastX, xAxis, locale),
        label: row.line.series.label,
        value: formatMetric(row.value, { locale }),
      })
    : t("nothingHere");
  const [left, right] = x.range;
  return (
    <div
      ref={element}
      className="ch-surface"
      style={{
        left,
        top: layout.top,
        width: Math.max(0, right - left),
        height: layout.bottom - layout.top,
      }}
      role="slider"
      tabIndex={0}
      aria-label={t("surface", { name })}
      aria-valuemin={model.window.from}
      aria-valuemax={model.window.to}
      aria-valuenow={place}
      aria-valuetext={value}
      onKeyDown={(event) => handleKey(event, props)}
      onBlur={() => store.set(null)}
      onDoubleClick={() => props.onWindow(null)}
      {...handlers}
    >
      {selection && (
        <span
          className="ch-selection"
          style={{ left: selection.from, width: selection.to - selection.from }}
        />
      )}
    </div>
  );
}

const BIG_STEP = 10;

function handleKey(event: KeyboardEvent<HTMLDivElement>, props: SurfaceProps): void {
  const { model, store, bounds, onWindow } = props;
  const columns = walkedColumns(model);
  const now = store.get();
  const index = now === null ? columns.length - 1 : findColumn(columns, now);
  const next = walk(event, { index, last: columns.length - 1 });
  if (next !== null) {
    event.preventDefault();
    store.set(next === "away" ? null : (columns[next]?.x ?? null));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const here = now === null ? undefined : columns[index]?.x;
  if (event.key === "Enter" && here !== undefined) {
    event.preventDefault();
    props.onPin(here);
    return;
  }
  const zoomed = zoomByKey(event.key, model.window, {
    bounds,
    anchor: now ?? (model.window.from + model.window.to) / 2,
  });
  if (zoomed) {
    event.preventDefault();
    onWindow(zoomed === "whole" ? null : orWhole(zoomed, model.full));
  }
}

function walk(
  event: KeyboardEvent,
  { index, last }: { index: number; last: number },
): number | "away" | null {
  const step = event.shiftKey ? BIG_STEP : 1;
  switch (event.key) {
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(0, index - step);
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(last, index + step);
    case "Home":
      return 0;
    case "End":
      return last;
    case "Escape":
      return "away";
    default:
      return null;
  }
}

/**
 * The wheel must be able to stop the page from scrolling, which React's own handler may not. It zooms
 * with Ctrl (a touchpad's pinch arrives so) or while the plot has focus; else the page scrolls on.
 */
function useWheel(element: React.RefObject<HTMLDivElement | null>, props: SurfaceProps): void {
  const newest = useRef(props);
  useEffect(() => {
    newest.current = props;
  });
  useEffect(() => {
    const node = element.current;
    const onWheel = (event: WheelEvent): void => turnWheel(event, newest.current);
    node?.addEventListener("wheel", onWheel, { passive: false });
    return () => node?.removeEventListener("wheel", onWheel);
  }, [element]);
}

function turnWheel(event: WheelEvent, { model, bounds, onWindow }: SurfaceProps): void {
  const target = event.currentTarget as HTMLElement;
  const zooms = event.ctrlKey || event.metaKey || document.activeElement === target;
  const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
  const { window } = model;
  const box = target.getBoundingClientRect();
  if (sideways && window !== model.full) {
    event.preventDefault();
    onWindow(
      orWhole(
        panWindow(window, bounds, (event.deltaX / box.width) * (window.to - window.from)),
        model.full,
      ),
    );
  } else if (zooms && !sideways) {
    event.preventDefault();
    const anchor =
      window.from + ((event.clientX - box.left) / box.width) * (window.to - window.from);
    onWindow(
      orWhole(
        zoomWindow(window, bounds, { factor: wheelFactor(event.deltaY, event.deltaMode), anchor }),
        model.full,
      ),
    );
  }
}
