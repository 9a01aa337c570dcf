import { type PointerEvent, useRef, useState } from "react";
import { readCursor } from "./read-cursor.ts";
import type { ChartWindow } from "./series.ts";
import type { SurfaceProps } from "./surface-props.ts";
import { clampWindow, orWhole, panWindow, pinchWindow } from "./zoom-window.ts";

type Fingers = Map<number, number>;
type Gesture =
  | { kind: "select"; start: number }
  | { kind: "pan"; start: number; window: ChartWindow }
  | { kind: "pinch"; before: readonly [number, number]; window: ChartWindow };

type Handlers = Record<
  "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel" | "onPointerLeave",
  (event: PointerEvent<HTMLDivElement>) => void
>;

/** A drag shorter than this is a click. */
const MIN_DRAG_PX = 6;

const localX = (event: PointerEvent<HTMLDivElement>): number =>
  event.clientX - event.currentTarget.getBoundingClientRect().left;

/**
 * Mouse: pointing reads, dragging selects a stretch, dragging with Shift moves along. Touch: one finger
 * reads (vertical strokes still scroll the page), two fingers zoom and move.
 */
export function usePlotPointer(props: SurfaceProps): {
  handlers: Handlers;
  selection: ChartWindow | null;
} {
  const fingers = useRef<Fingers>(new Map());
  const gesture = useRef<Gesture | null>(null);
  const [selection, setSelection] = useState<ChartWindow | null>(null);
  const { model, store, onWindow } = props;
  const width = model.x.range[1] - model.x.range[0];
  const { window } = model;
  const unit = (window.to - window.from) / width;

  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) {
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, localX(event) / width);
    gesture.current = begin(event, { fingers: fingers.current, window });
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const px = localX(event);
    if (fingers.current.has(event.pointerId)) {
      fingers.current.set(event.pointerId, px / width);
    }
    const current = gesture.current;
    if (current?.kind === "select") {
      setSelection({
        from: Math.max(0, Math.min(current.start, px)),
        to: Math.min(width, Math.max(current.start, px)),
      });
    } else if (current) {
      onWindow(follow(current, { px, unit, props, fingers: fingers.current }));
    }
    store.set(window.from + px * unit);
  };
  const up = (event: PointerEvent<HTMLDivElement>): void => {
    fingers.current.delete(event.pointerId);
    if (
      gesture.current?.kind === "select" &&
      selection &&
      selection.to - selection.from >= MIN_DRAG_PX
    ) {
      const chosen = {
        from: window.from + selection.from * unit,
        to: window.from + selection.to * unit,
      };
      onWindow(orWhole(clampWindow(chosen, props.bounds), model.full));
    } else if (gesture.current?.kind === "select" && event.type === "pointerup") {
      pinNearest(props, window.from + localX(event) * unit);
    }
    gesture.current = null;
    setSelection(null);
  };
  const leave = (event: PointerEvent<HTMLDivElement>): void => {
    if (document.activeElement !== event.currentTarget || event.pointerType === "mouse") {
      store.set(null);
    }
  };
  return {
    handlers: {
      onPointerDown: down,
      onPointerMove: move,
      onPointerUp: up,
      onPointerCancel: up,
      onPointerLeave: leave,
    },
    selection,
  };
}

/** A click that drew no stretch pins the point that is nearest to it. */
function pinNearest({ model, onPin }: SurfaceProps, place: number): void {
  const reading = readCursor(model, place);
  if (reading !== null) {
    onPin(reading.column.x);
  }
}

function begin(
  event: PointerEvent<HTMLDivElement>,
  { fingers, window }: { fingers: Fingers; window: ChartWindow },
): Gesture | null {
  const [first, second] = [...fingers.values()];
  if (first !== undefined && second !== undefined) {
    return { kind: "pinch", before: [first, second], window };
  }
  if (event.pointerType === "touch") {
    return null;
  }
  return event.shiftKey
    ? { kind: "pan", start: localX(event), window }
    : { kind: "select", start: localX(event) };
}

type Following = { px: number; unit: number; props: SurfaceProps; fingers: Fingers };

function follow(
  gesture: Exclude<Gesture, { kind: "select" }>,
  { px, unit, props, fingers }: Following,
): ChartWindow | null {
  if (gesture.kind === "pan") {
    return orWhole(
      panWindow(gesture.window, props.bounds, (gesture.start - px) * unit),
      props.model.full,
    );
  }
  const [first = 0, second = 1] = [...fingers.values()];
  return orWhole(
    pinchWindow(gesture.window, props.bounds, { before: gesture.before, now: [first, second] }),
    props.model.full,
  );
}
