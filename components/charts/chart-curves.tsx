import { type JSX, memo } from "react";
import { Area, ComposedChart, Line, XAxis, YAxis } from "recharts";
import { buildRows, type Row, type Stroke } from "./build-rows.ts";
import type { ChartModel } from "./chart-model.ts";
import { colourOf, dashOf } from "./prepare-lines.ts";
import { clamp } from "./scale.ts";

/** The lines and bands of a chart, and nothing else: what Recharts is good at. */
export const ChartCurves = memo(function ChartCurves({
  model,
}: {
  model: ChartModel;
}): JSX.Element {
  const { layout, window, x, y } = model;
  const [low, high] = y.domain;
  const far = {
    low: model.yScale === "log" ? low / 4 : low - (high - low),
    high: model.yScale === "log" ? high * 4 : high + (high - low),
  };
  const pxPerX = (x.range[1] - x.range[0]) / (window.to - window.from);
  const { rows, strokes } = buildRows(model.lines, {
    clampY: (value) => clamp(value, far.low, far.high),
    pxPerX,
  });
  const ordered = [...strokes].sort((a, b) => depth(a) - depth(b));
  return (
    <ComposedChart
      className="ch-curves"
      width={layout.width}
      height={layout.height}
      data={rows}
      accessibilityLayer={false}
      margin={{
        left: layout.left,
        right: layout.right,
        top: layout.top,
        bottom: layout.height - layout.bottom,
      }}
    >
      <XAxis dataKey="x" type="number" domain={[window.from, window.to]} allowDataOverflow hide />
      <YAxis type="number" domain={[low, high]} scale={model.yScale} allowDataOverflow hide />
      {ordered.filter((stroke) => stroke.bandKey !== null).map((stroke) => band(stroke))}
      {ordered.filter((stroke) => stroke.rawKey !== null).map((stroke) => rawLine(stroke))}
      {ordered.map((stroke) => line(stroke))}
    </ComposedChart>
  );
});

/** Abandoned attempts lie lowest, the main series on top. */
function depth({ line: { series } }: Stroke): number {
  return series.role === "abandoned" ? 0 : series.role === "other" ? 1 : 2;
}

const still = {
  isAnimationActive: false,
  connectNulls: true,
  activeDot: false,
  legendType: "none",
  tooltipType: "none",
} as const;
const read = (key: string) => (row: Row) => row[key];

function band({ line: { colour, series }, bandKey }: Stroke): JSX.Element {
  const key = bandKey ?? "";
  const hero = series.role === "main" && colour === 1;
  const fill =
    colour === 0 ? "var(--chart-abandoned-band)" : hero ? "var(--chart-band)" : colourOf(colour);
  return (
    <Area
      key={key}
      {...still}
      dataKey={read(key)}
      dot={false}
      fill={fill}
      fillOpacity={hero || colour === 0 ? 1 : 0.18}
      stroke={colourOf(colour)}
      strokeWidth={0.75}
      strokeOpacity={0.45}
    />
  );
}

function rawLine({ line: { colour, series }, rawKey }: Stroke): JSX.Element {
  const key = rawKey ?? "";
  const opacity = series.role === "abandoned" ? 0.5 : 0.6;
  return (
    <Line
      key={key}
      {...still}
      dataKey={read(key)}
      dot={false}
      stroke={colourOf(colour)}
      strokeWidth={1}
      strokeOpacity={opacity}
    />
  );
}

function line({ line: { colour, series }, lineKey, dots }: Stroke): JSX.Element {
  const stroke = colourOf(colour);
  return (
    <Line
      key={lineKey}
      {...still}
      dataKey={read(lineKey)}
      dot={dots ? { r: 2.25, fill: stroke, stroke: "none", strokeDasharray: "none" } : false}
      stroke={stroke}
      strokeWidth={series.role === "main" ? 2 : 1.5}
      strokeDasharray={dashOf(colour)}
      strokeLinejoin="round"
    />
  );
}
