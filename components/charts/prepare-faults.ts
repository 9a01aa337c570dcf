import type { ChartFrame, ChartModel, ShownClip, Span } from "./chart-model.ts";
import { type ClipMark, clipMarks } from "./clip-marks.ts";
import type { ChartEvent } from "./events.ts";
import { eventX } from "./place-event.ts";
import { clamp } from "./scale.ts";

const MIN_GAP_PX = 3;
const NEAR_NAN_PX = 8;
const SPIKE_REACH_PX = 4;

type SpikePlace = { event: ChartEvent; px: number };

/** What went wrong or lies outside: gaps, NaN, spikes, and values that the y domain cuts off. */
export function prepareFaults(
  frame: ChartFrame,
): Pick<ChartModel, "gaps" | "nans" | "clips" | "spikes"> {
  const places = frame.input.events
    .filter((event) => event.kind === "spike")
    .map((event) => ({ event, px: frame.x.px(eventX(frame, event)) }));
  return {
    gaps: gapSpans(frame),
    nans: nanPlaces(frame),
    spikes: spikeNotes(frame, places),
    clips: shownClips(frame, places),
  };
}

/** A gap of the main series, hatched to its true width and never thinner than the eye can see. */
function gapSpans({ x, lines }: ChartFrame): Span[] {
  const [left, right] = x.range;
  const main = lines.find((line) => line.series.role === "main");
  return (main?.prepared.gaps ?? []).map((gap) => {
    const [from, to] = [clamp(x.px(gap.from), left, right), clamp(x.px(gap.to), left, right)];
    return { px: from, width: Math.max(MIN_GAP_PX, to - from) };
  });
}

/** Crosses of all series; those that would lie on each other are one. */
function nanPlaces({ x, lines }: ChartFrame): number[] {
  const [left, right] = x.range;
  const all = lines.flatMap((line) => line.prepared.nans.map((nan) => x.px(nan.x)));
  const kept: number[] = [];
  for (const px of all.filter((one) => one >= left && one <= right).sort((a, b) => a - b)) {
    const before = kept.at(-1);
    if (before === undefined || px - before >= NEAR_NAN_PX) {
      kept.push(px);
    }
  }
  return kept;
}

/** Spikes whose top lies inside the plot get their value written at it. */
function spikeNotes(
  { x, y, lines }: ChartFrame,
  places: readonly SpikePlace[],
): ChartModel["spikes"] {
  const [left, right] = x.range;
  // A spike may belong to an attempt that was abandoned since, so all attempts are asked for its height.
  const columns = lines
    .filter((line) => line.series.role !== "other")
    .flatMap((line) => line.prepared.columns);
  // One step may be a spike of several metrics and attempts: it is noted once.
  const apart = places.filter(
    (place, index) => places.findIndex(({ px }) => Math.abs(px - place.px) < 1) === index,
  );
  return apart.flatMap(({ px }) => {
    const near = columns.filter((column) => Math.abs(x.px(column.x) - px) <= SPIKE_REACH_PX);
    const value = Math.max(...near.map((column) => column.max));
    const inside = px >= left && px <= right && value <= y.domain[1] && value >= y.domain[0];
    return inside ? [{ px, py: y.px(value), value }] : [];
  });
}

const LABEL_PX = 56;
const WIDE_LABEL_PX = 150;
const TRIANGLE_PX = 9;

/**
 * Cut-off values of all series, main first. A label that would lie on another's is left out and its
 * triangle stays; the value then stands in the cross-hair and the table.
 */
function shownClips({ lines, x, y }: ChartFrame, places: readonly SpikePlace[]): ShownClip[] {
  const rank = { main: 0, other: 1, abandoned: 2 } as const;
  const ordered = [...lines].sort((a, b) => rank[a.series.role] - rank[b.series.role]);
  const shown: ShownClip[] = [];
  for (const mark of ordered.flatMap((line) => clipMarks(line.prepared.columns, { x, y }))) {
    const near = shown.filter((one) => one.edge === mark.edge);
    if (near.every((one) => Math.abs(one.endPx - mark.endPx) >= TRIANGLE_PX)) {
      const spike = places.find((place) => Math.abs(place.px - mark.px) <= SPIKE_REACH_PX);
      const labelled = near.every((one) => !one.labelled || apart(one, mark));
      // The event knows the exact step, a column only the first of many.
      shown.push({
        ...mark,
        step: spike?.event.step ?? mark.step,
        spike: spike !== undefined,
        labelled,
      });
    }
  }
  return shown;
}

const endOf = (mark: ClipMark): number => mark.endPx + (mark.wide ? WIDE_LABEL_PX : LABEL_PX);
const apart = (a: ClipMark, b: ClipMark): boolean => a.endPx >= endOf(b) || b.endPx >= endOf(a);
