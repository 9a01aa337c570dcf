import { type JSX, useId } from "react";
import type { ChartModel } from "./chart-model.ts";

/** What lies under the curves: windows, grid, hatched gaps, stages, axes and their words. */
export function ChartGround({
  model,
  axisNames,
}: {
  model: ChartModel;
  axisNames: { x: string; y: string };
}): JSX.Element {
  const hatch = useId();
  const { layout, x } = model;
  const [left, right] = x.range;
  const plotHeight = layout.bottom - layout.top;
  return (
    <svg className="ch-layer" width={layout.width} height={layout.height} aria-hidden="true">
      <defs>
        <pattern
          id={hatch}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V4" className="ch-hatch" />
        </pattern>
      </defs>
      {model.selected.map((span) => (
        <rect
          key={span.px}
          className="ch-window"
          x={span.px}
          width={span.width}
          y={layout.top}
          height={layout.height - layout.top}
        />
      ))}
      {model.gaps.map((gap) => (
        <rect
          key={gap.px}
          fill={`url(#${hatch})`}
          x={gap.px}
          width={gap.width}
          y={layout.top}
          height={plotHeight}
        />
      ))}
      <g className="ch-grid">
        {model.yTicks.map((tick) => (
          <path key={tick.px} d={`M${left} ${tick.px}H${right}`} />
        ))}
      </g>
      <Axes model={model} axisNames={axisNames} />
      {model.stages.map((stage) => (
        <g key={`${stage.fullName}${stage.px}`}>
          {stage.line !== null && (
            <path className="ch-stage" d={`M${stage.line} 4V${layout.height}`} />
          )}
          <text className="ch-label" x={stage.px} y="14">
            {stage.name}
          </text>
        </g>
      ))}
    </svg>
  );
}

const TAG_REACH = 14;
const LABEL_EDGE = 24;

function Axes({
  model,
  axisNames,
}: {
  model: ChartModel;
  axisNames: { x: string; y: string };
}): JSX.Element {
  const { layout, x, tag } = model;
  const [left, right] = x.range;
  const below = layout.bottom + 18;
  return (
    <>
      {model.yTicks
        .filter((tick) => !tag || Math.abs(tick.px - tag.py) >= TAG_REACH)
        .map((tick) => (
          <text key={tick.px} x={right + 10} y={tick.px + 4}>
            {tick.label}
          </text>
        ))}
      <path className="ch-axis" d={`M${left} ${layout.bottom + 0.5}H${right}`} />
      {model.xTicks.map((tick) => (
        <g key={tick.px}>
          <path className="ch-axis" d={`M${tick.px} ${layout.bottom}v5`} />
          <text
            x={tick.px}
            y={below}
            textAnchor={
              tick.px - left < LABEL_EDGE
                ? "start"
                : right - tick.px < LABEL_EDGE
                  ? "end"
                  : "middle"
            }
          >
            {tick.label}
          </text>
        </g>
      ))}
      <text x={right + 10} y={below}>
        {axisNames.x}
      </text>
      <text x={right + 10} y="14">
        {axisNames.y}
      </text>
    </>
  );
}
