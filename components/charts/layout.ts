import { LANES, type Lane } from "./events.ts";
import { textWidth } from "./format.ts";

/** Where the parts of a chart lie in its box, in pixels. */
export type Layout = {
  width: number;
  height: number;
  /** Names of lanes do not fit beside the plot and go to the right margin. */
  narrow: boolean;
  left: number;
  right: number;
  top: number;
  bottom: number;
  lanes: { lane: Lane; top: number; middle: number }[];
};

export const LANE_HEIGHT = 20;
const AXIS_HEIGHT = 24;
const NARROW_BELOW = 640;
const TAG_PADDING = 22;
const MIN_RIGHT = 50;

export type LayoutInput = {
  width: number;
  height: number;
  lanes: ReadonlySet<Lane>;
  /** Every text that must fit into the left and right margins. */
  laneNames: readonly string[];
  rightTexts: readonly string[];
};

/** Margins grow with the words that they hold, so that a long tag is never cut. */
export function layOut({ width, height, lanes, laneNames, rightTexts }: LayoutInput): Layout {
  const narrow = width < NARROW_BELOW;
  const shown = LANES.filter((lane) => lanes.has(lane));
  const widest = (texts: readonly string[]): number =>
    Math.max(0, ...texts.map((text) => textWidth(text, 12)));
  const laneTop = height - shown.length * LANE_HEIGHT;
  return {
    width,
    height,
    narrow,
    left: narrow || shown.length === 0 ? 0 : Math.ceil(widest(laneNames)) + 18,
    right: Math.max(MIN_RIGHT, Math.ceil(widest(rightTexts)) + TAG_PADDING),
    top: narrow ? 22 : 26,
    bottom: laneTop - AXIS_HEIGHT,
    lanes: shown.map((lane, index) => {
      const top = laneTop + index * LANE_HEIGHT;
      return { lane, top, middle: top + LANE_HEIGHT / 2 };
    }),
  };
}

/** The height of plot and lanes together, when the page does not say one. */
export function defaultHeight(width: number): number {
  return Math.round(Math.max(360, Math.min(560, width * 0.4)));
}
