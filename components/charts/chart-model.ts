import type { ClipMark } from "./clip-marks.ts";
import type { ChartEvent, ChartStage, Lane } from "./events.ts";
import type { LaneMark } from "./lay-out-lane.ts";
import type { Layout } from "./layout.ts";
import type { StageName } from "./place-stages.ts";
import type { ChartLine } from "./prepare-lines.ts";
import type { Scale, YScale } from "./scale.ts";
import type { ChartSeries, ChartWindow, XAxis } from "./series.ts";

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
/** `name` is null where neither the bracket nor the room behind it holds the event's name. */
export type Bracket = {
  event: ChartEvent;
  from: number;
  to: number;
  name: { text: string; px: number; anchor: "start" | "middle" } | null;
};
export type LaneModel = {
  lane: Lane;
  middle: number;
  top: number;
  name: string;
  marks: LaneMark[];
  brackets: Bracket[];
};
export type Tag = { px: number; py: number; text: string; key: string; inWindow: boolean };

/** `spike` when an event tells of it; without room for a label only its triangle is drawn. */
export type ShownClip = ClipMark & { spike: boolean; labelled: boolean };

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
  clips: ShownClip[];
  spikes: { px: number; py: number; value: number }[];
  tag: Tag | null;
};

/** What the parts of the preparation share once scales and lines are known. */
export type ChartFrame = Pick<ChartModel, "layout" | "window" | "full" | "x" | "y" | "lines"> & {
  input: ChartInput;
};
