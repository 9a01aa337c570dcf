import type { ChartFrame, ChartInput, ChartModel, Tick } from "./chart-model.ts";
import { laneOf } from "./events.ts";
import { formatTick, formatXTick } from "./format.ts";
import { layOut } from "./layout.ts";
import { placeOf } from "./place-event.ts";
import { placeStages } from "./place-stages.ts";
import { prepareFaults } from "./prepare-faults.ts";
import { prepareLanes, selectedSpans } from "./prepare-lanes.ts";
import { prepareLines } from "./prepare-lines.ts";
import { newestText, prepareTag } from "./prepare-tag.ts";
import { makeScale } from "./scale.ts";
import type { ChartWindow } from "./series.ts";
import { xTicks, yTicks } from "./ticks.ts";
import { yDomain } from "./y-domain.ts";

const Y_TICK_PX = 58;
const X_TICK_PX = 104;

/** Turns data, window and box into a drawing's every pixel. */
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
      toX: (step) => placeOf(frame, step),
    }),
    lanes: prepareLanes(frame),
    selected: selectedSpans(frame),
    ...prepareFaults(frame),
    tag: prepareTag(frame),
  };
}

/** The page's window may lag behind the newest point by a message; the chart never cuts that point off. */
function wholeWindow({ fullWindow, series }: ChartInput): ChartWindow {
  const ends = series.map(
    ({ data }) => (data.kind === "raw" ? data.x : data.lastX).at(-1) ?? fullWindow.to,
  );
  const to = Math.max(fullWindow.to, ...ends);
  return { from: fullWindow.from, to: to > fullWindow.from ? to : fullWindow.from + 1 };
}

function labelX({ input, window, x, layout }: ChartFrame): Tick[] {
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
