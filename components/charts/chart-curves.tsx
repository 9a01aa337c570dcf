import { type JSX, memo, useId } from "react";
import { buildPaths, type LinePaths } from "./build-paths.ts";
import type { ChartModel } from "./chart-model.ts";
import { colourOf, dashOf } from "./prepare-lines.ts";

/** The lines and bands of a chart: abandoned attempts lowest, the main series on top. */
export const ChartCurves = memo(function ChartCurves({
  model,
  focus,
}: {
  model: ChartModel;
  /** The one series that a reader singled out; the others step back. */
  focus?: string | null;
}): JSX.Element {
  const clip = useId();
  const { layout, x } = model;
  const paths = buildPaths(model.lines, model).sort((a, b) => depth(a) - depth(b));
  const faded = (one: LinePaths): string | undefined =>
    focus === undefined || focus === null || one.line.series.id === focus ? undefined : "ch-faded";
  return (
    <svg
      className="ch-layer ch-curves"
      width={layout.width}
      height={layout.height}
      aria-hidden="true"
    >
      <clipPath id={clip}>
        <rect
          x={x.range[0]}
          y={layout.top}
          width={Math.max(0, x.range[1] - x.range[0])}
          height={Math.max(0, layout.bottom - layout.top)}
        />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {paths.map((one) => (
          <Band key={one.line.series.id} paths={one} look={faded(one)} />
        ))}
        {paths.map((one) => (
          <Pen key={one.line.series.id} paths={one} look={faded(one)} />
        ))}
      </g>
    </svg>
  );
});

function depth({ line: { series } }: LinePaths): number {
  return series.role === "abandoned" ? 0 : series.role === "other" ? 1 : 2;
}

type PartProps = { paths: LinePaths; look: string | undefined };

function Band({ paths: { line, band, raw }, look }: PartProps): JSX.Element {
  const { colour, series } = line;
  const hero = series.role === "main" && colour === 1;
  const fill =
    colour === 0 ? "var(--chart-abandoned-band)" : hero ? "var(--chart-band)" : colourOf(colour);
  return (
    <g className={look}>
      {band !== "" && (
        <path
          className="ch-band-area"
          d={band}
          style={{ fill, stroke: colourOf(colour) }}
          fillOpacity={hero || colour === 0 ? 1 : 0.18}
        />
      )}
      {raw !== "" && (
        <path
          className="ch-raw"
          d={raw}
          style={{ stroke: colourOf(colour) }}
          strokeOpacity={series.role === "abandoned" ? 0.5 : 0.6}
        />
      )}
    </g>
  );
}

function Pen({ paths: { line, top, dots }, look }: PartProps): JSX.Element {
  const { colour, series } = line;
  const stroke = colourOf(colour);
  return (
    <g className={look} data-series={series.id}>
      <path
        className={series.role === "main" ? "ch-line ch-main" : "ch-line"}
        d={top}
        style={{ stroke, strokeDasharray: dashOf(colour) }}
      />
      {dots.map((dot) => (
        <circle key={dot.px} cx={dot.px} cy={dot.py} r="2.25" style={{ fill: stroke }} />
      ))}
    </g>
  );
}
