import { type ClipMark, clipMarks } from "./clip-marks.ts";
import { type ChartEvent, type ChartStage, type Lane, laneOf } from "./events.ts";
import { formatMetric, formatTick, formatXTick } from "./format.ts";
import { type LaneMark, layOutLane } from "./lay-out-lane.ts";
import { type Layout, layOut } from "./layout.ts";
import { placeStages, type StageName } from "./place-stages.ts";
import { type ChartLine, prepareLines } from "./prepare-lines.ts";
import { clamp, makeScale, type Scale, type YScale } from "./scale.ts";
import type { ChartSeries, ChartWindow, XAxis } from "./series.ts";
import { stepToX } from "./step-to-x.ts";
import { xTicks, yTicks } from "./ticks.ts";
import { yDomain } from "./y-domain.ts";

export type ChartInput = {
  series: readonly ChartSeries[];
  events: readonly ChartEvent[];
  stages: readonly ChartStage[];
  xAxis: XAxis;
  yScale: YScale;
  smoothing: number;
  window: ChartWindow | null;
  fullWindow: ChartWindow;
  locale: string;
  width: number;
  height: number;
  laneNames: Record<Lane, string>;
  /** Words at the right end of the axes, e.g. "loss" and "step". */
  axisNames: readonly string[];
};

export type Tick = { px: number; label: string };
export type Span = { px: number; width: number };
export type Bracket = { event: ChartEvent; from: number; to: number };
export type LaneModel = {
  lane: Lane;
  middle: number;
  top: number;
  name: string;
  marks: LaneMark[];
  brackets: Bracket[];
};
export type Tag = { px: number; py: number; text: string; key: string; inWindow: boolean };

/** Everything that the drawing needs, in pixels. The drawing decides nothing. */
export type ChartModel = {
  layout: Layout;
  window: ChartWindow;
  full: ChartWindow;
  x: Scale;
  y: Scale;
  yScale: YScale;
  lines: ChartLine[];
  xTicks: Tick[];
  yTicks: Tick[];
  stages: StageName[];
  lanes: LaneModel[];
  selected: Span[];
  gaps: Span[];
  nans: number[];
  clips: (ClipMark & { spike: boolean })[];
  spikes: { px: number; py: number; value: number }[];
  tag: Tag | null;
};

const Y_TICK_PX = 58;
const X_TICK_PX = 104;

export function prepareChart(input: ChartInput): ChartModel {
  const full = wholeWindow(input);
  const window = input.window ?? full;
  // Margins depend on labels, labels on the domain, the domain on the lines: so the lines come first.
  const lines = prepareLines(input.series, {
    window,
    pixels: input.width,
    smoothing: input.smoothing,
  });
  const shown = lines.filter((line) => line.colour > 0);
  const counted = (shown.length > 0 ? shown : lines).map((line) => line.prepared);
  const domain = yDomain(counted, { scale: input.yScale, fullWindow: full }) ?? [0, 1];
  const ticks = yTicks(domain, input.yScale, Math.max(2, input.height / Y_TICK_PX));
  const tickTexts = ticks.values.map((value) =>
    formatTick(value, { locale: input.locale, step: ticks.step }),
  );
  const layout = layOut({
    width: input.width,
    height: input.height,
    lanes: new Set(input.events.map((event) => laneOf(event.kind))),
    laneNames: Object.values(input.laneNames),
    rightTexts: [...tickTexts, ...input.axisNames, newestText(lines, input.locale)],
  });
  const x = makeScale([window.from, window.to], [layout.left, input.width - layout.right]);
  const y = makeScale(domain, [layout.bottom, layout.top], input.yScale);
  const frame = { input, layout, window, full, x, y, lines };
  return {
    layout,
    window,
    full,
    x,
    y,
    yScale: input.yScale,
    lines,
    yTicks: ticks.values.map((value, index) => ({
      px: y.px(value),
      label: tickTexts[index] ?? "",
    })),
    xTicks: labelX(frame),
    stages: placeStages(input.stages, {
      window,
      x,
      narrow: layout.narrow,
      toX: (step) => placeOf(frame, step),
    }),
    lanes: prepareLanes(frame),
    selected: selectedSpans(frame),
    ...prepareFaults(frame),
    tag: prepareTag(frame),
  };
}

type Frame = Pick<ChartModel, "layout" | "window" | "full" | "x" | "y" | "lines"> & {
  input: ChartInput;
};

/** The page's window may lag behind the newest point by a message; the chart never cuts that point off. */
function wholeWindow({ fullWindow, series }: ChartInput): ChartWindow {
  const ends = series.map(
    ({ data }) => (data.kind === "raw" ? data.x : data.lastX).at(-1) ?? fullWindow.to,
  );
  const to = Math.max(fullWindow.to, ...ends);
  return { from: fullWindow.from, to: to > fullWindow.from ? to : fullWindow.from + 1 };
}

function placeOf({ input }: Frame, step: number): number {
  return stepToX(
    step,
    input.xAxis,
    input.series.map((one) => one.data),
  );
}

function eventX(frame: Frame, event: ChartEvent): number {
  return frame.input.xAxis === "time" ? event.time : placeOf(frame, event.step);
}

function labelX({ input, window, x, layout }: Frame): Tick[] {
  const { values, step } = xTicks(
    input.xAxis,
    [window.from, window.to],
    (layout.width - layout.left - layout.right) / X_TICK_PX,
  );
  return values.map((value) => ({
    px: x.px(value),
    label: formatXTick(value, input.xAxis, { locale: input.locale, step }),
  }));
}

function prepareLanes(frame: Frame): LaneModel[] {
  const { input, layout, x, window } = frame;
  return layout.lanes.map(({ lane, top, middle }) => {
    const events = input.events.filter((event) => laneOf(event.kind) === lane);
    const brackets = events.flatMap((event) => bracketOf(frame, event));
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

function bracketOf(frame: Frame, event: ChartEvent): Bracket[] {
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
    : [{ event, from: clamp(from, left, right), to: clamp(to, left, right) }];
}

function selectedSpans(frame: Frame): Span[] {
  return frame.input.events
    .filter((event) => event.selected)
    .flatMap((event) => bracketOf(frame, event))
    .map(({ from, to }) => ({ px: from, width: to - from }));
}

const MIN_GAP_PX = 3;
const NEAR_NAN_PX = 8;
const SPIKE_REACH_PX = 4;

function prepareFaults(frame: Frame): Pick<ChartModel, "gaps" | "nans" | "clips" | "spikes"> {
  const { x, y, lines, input } = frame;
  const [left, right] = x.range;
  const main = lines.find((line) => line.series.role === "main");
  const gaps = (main?.prepared.gaps ?? []).map((gap) => {
    const [from, to] = [clamp(x.px(gap.from), left, right), clamp(x.px(gap.to), left, right)];
    return { px: from, width: Math.max(MIN_GAP_PX, to - from) };
  });
  const nans: number[] = [];
  for (const px of lines
    .flatMap((line) => line.prepared.nans.map((nan) => x.px(nan.x)))
    .sort((a, b) => a - b)) {
    if (
      px >= left &&
      px <= right &&
      px - (nans.at(-1) ?? Number.NEGATIVE_INFINITY) >= NEAR_NAN_PX
    ) {
      nans.push(px);
    }
  }
  const spikePx = input.events
    .filter((event) => event.kind === "spike")
    .map((event) => x.px(eventX(frame, event)));
  const isSpike = (px: number): boolean =>
    spikePx.some((one) => Math.abs(one - px) <= SPIKE_REACH_PX);
  const columns = main?.prepared.columns ?? [];
  const spikes = spikePx.flatMap((px) => {
    const near = columns.filter((column) => Math.abs(x.px(column.x) - px) <= SPIKE_REACH_PX);
    const value = Math.max(...near.map((column) => column.max));
    const inside = px >= left && px <= right && value <= y.domain[1] && value >= y.domain[0];
    return inside ? [{ px, py: y.px(value), value }] : [];
  });
  return {
    gaps,
    nans,
    spikes,
    clips: prepareClips(frame).map((clip) => ({ ...clip, spike: isSpike(clip.px) })),
  };
}

const CLIP_LABEL_PX = 64;

/** Marks of all series, main first; a mark whose label would lie on another's gives way. */
function prepareClips({ lines, x, y }: Frame): ClipMark[] {
  const rank = { main: 0, other: 1, abandoned: 2 } as const;
  const ordered = [...lines].sort((a, b) => rank[a.series.role] - rank[b.series.role]);
  const kept: ClipMark[] = [];
  for (const mark of ordered.flatMap((line) => clipMarks(line.prepared.columns, { x, y }))) {
    if (
      kept.every(
        (one) => one.edge !== mark.edge || Math.abs(one.endPx - mark.endPx) >= CLIP_LABEL_PX,
      )
    ) {
      kept.push(mark);
    }
  }
  return kept;
}

function newestOf(lines: readonly ChartLine[]): { line: ChartLine; value: number } | null {
  const line =
    lines.find((one) => one.series.role === "main") ?? lines.find((one) => one.colour > 0);
  const newest = line?.prepared.newest;
  return line && newest ? { line, value: line.smoothing > 0 ? newest.smooth : newest.value } : null;
}

function newestText(lines: readonly ChartLine[], locale: string): string {
  const newest = newestOf(lines);
  return newest ? formatMetric(newest.value, { locale }) : "";
}

function prepareTag({ lines, input, window, x, y }: Frame): Tag | null {
  const newest = newestOf(lines);
  const place = newest?.line.prepared.newest;
  if (!newest || !place || Number.isNaN(newest.value)) {
    return null;
  }
  return {
    px: clamp(x.px(place.x), x.range[0], x.range[1]),
    py: clamp(y.px(newest.value), y.range[1], y.range[0]),
    text: formatMetric(newest.value, { locale: input.locale }),
    key: `${newest.line.series.id}:${place.step}`,
    inWindow: place.x >= window.from && place.x <= window.to,
  };
}
