import { type ChartEvent, type ChartEventKind, toneOf } from "./events.ts";

/** One drawn mark: an event, or several that would lie on each other. */
export type LaneMark = { px: number; kind: ChartEventKind; events: ChartEvent[] };

/** Marks closer than this touch. */
const NEAR_PX = 11;
const HALF_MARK = 6;
/** The room that a count takes beside its mark. */
const COUNT_PX = 9;

type Placed = { event: ChartEvent; px: number };

/**
 * Places one lane's events, given with their pixel, in rising order. A mark under 11 px from the one
 * before moves aside by at most as much; where even that is not enough it joins the one before, and
 * the gravest of them lends its shape.
 */
export function layOutLane(placed: readonly Placed[], left = 0): LaneMark[] {
  const marks: LaneMark[] = [];
  for (const { event, px } of [...placed].sort((a, b) => a.px - b.px)) {
    const before = marks.at(-1);
    const wish = Math.max(px, left + HALF_MARK);
    const taken = before ? before.px + NEAR_PX + (before.events.length > 1 ? COUNT_PX : 0) : wish;
    const free = Math.max(wish, taken);
    if (before && free - wish > NEAR_PX) {
      before.events.push(event);
      before.kind = graver(before.kind, event.kind);
    } else {
      marks.push({ px: free, kind: event.kind, events: [event] });
    }
  }
  return marks;
}

const GRAVITY = { bad: 3, warn: 2, trial: 1, ink: 0 } as const;

function graver(a: ChartEventKind, b: ChartEventKind): ChartEventKind {
  const more = GRAVITY[toneOf(b)] - GRAVITY[toneOf(a)];
  return more > 0 || (more === 0 && b === "release") ? b : a;
}
