import type { Bracket, ChartFrame, LaneModel, Span } from "./chart-model.ts";
import { type ChartEvent, laneOf } from "./events.ts";
import { textWidth } from "./format.ts";
import { layOutLane } from "./lay-out-lane.ts";
import { eventX, placeOf } from "./place-event.ts";
import { clamp } from "./scale.ts";

/** Places all events of the window in their lanes, trials as brackets. */
export function prepareLanes(frame: ChartFrame): LaneModel[] {
  const { input, layout, x, window } = frame;
  return layout.lanes.map(({ lane, top, middle }) => {
    const events = input.events.filter((event) => laneOf(event.kind) === lane);
    const brackets = nameBrackets(
      events.flatMap((event) => bracketOf(frame, event)),
      x.range[1],
    );
    const placed = events
      .filter((event) => event.toStep === undefined)
      .map((event) => ({ event, x: eventX(frame, event) }))
      .filter((one) => one.x >= window.from && one.x <= window.to)
      .map((one) => ({ event: one.event, px: x.px(one.x) }));
    return {
      lane,
      top,
      middle,
      name: input.laneNames[lane],
      marks: layOutLane(placed, layout.left),
      brackets,
    };
  });
}

function bracketOf(frame: ChartFrame, event: ChartEvent): Bracket[] {
  if (event.toStep === undefined) {
    return [];
  }
  const [left, right] = frame.x.range;
  const from = frame.x.px(placeOf(frame, event.step));
  const end = placeOf(frame, event.toStep);
  // A trial that goes on beyond the newest point is drawn up to it.
  const to = Number.isNaN(end) ? right : frame.x.px(end);
  return from > right || to < left || Number.isNaN(from)
    ? []
    : [{ event, from: clamp(from, left, right), to: clamp(to, left, right), name: null }];
}

const NAME_AIR = 24;
const NAME_GAP = 7;

/** A name stands in its bracket, else behind it if the next bracket leaves room, else nowhere. */
function nameBrackets(brackets: readonly Bracket[], end: number): Bracket[] {
  const ordered = [...brackets].sort((a, b) => a.from - b.from);
  return ordered.map((bracket, index) => {
    const text = bracket.event.name;
    const width = textWidth(text ?? "");
    const room = Math.min(ordered[index + 1]?.from ?? end, end) - bracket.to - 2 * NAME_GAP;
    if (text === undefined || (width + NAME_AIR > bracket.to - bracket.from && width > room)) {
      return bracket;
    }
    return width + NAME_AIR <= bracket.to - bracket.from
      ? { ...bracket, name: { text, px: (bracket.from + bracket.to) / 2, anchor: "middle" } }
      : { ...bracket, name: { text, px: bracket.to + NAME_GAP, anchor: "start" } };
  });
}

/** The windows of selected trials. */
export function selectedSpans(frame: ChartFrame): Span[] {
  return frame.input.events
    .filter((event) => event.selected)
    .flatMap((event) => bracketOf(frame, event))
    .map(({ from, to }) => ({ px: from, width: to - from }));
}
