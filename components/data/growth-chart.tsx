"use client";
import { useTranslations } from "next-intl";
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { useFormats } from "#components/runs/use-formats.ts";
import type { DataGrowth } from "#server/data/contract.ts";
import { AXIS, GRID, TOOLTIP } from "./chart-look.ts";

/** Tokens of the corpus over time, a step at each report; a dashed line where a run entered a stage. */
export function GrowthChart({ growth: { points, stages } }: { growth: DataGrowth }) {
  const words = useTranslations("data");
  const formats = useFormats();
  const last = points.at(-1)?.at ?? 0;
  const within = stages.filter(({ at }) => at <= last);
  return (
    <figure className="data-chart" aria-label={words("growthLabel")}>
      <ResponsiveContainer width="100%" height={280}>
        <LineChart data={points} margin={{ left: 8, right: 24, top: 24 }}>
          <CartesianGrid {...GRID} vertical={false} />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={["dataMin", "dataMax"]}
            {...AXIS}
            tickFormatter={(at) => formats.day(Number(at))}
          />
          <YAxis {...AXIS} width={64} tickFormatter={(value) => formats.count(Number(value))} />
          <Tooltip
            {...TOOLTIP}
            labelFormatter={(at) => formats.clock(Number(at))}
            formatter={(value) => [formats.step(Number(value)), words("tokens")]}
          />
          {within.map(({ at, runId, name }) => (
            <ReferenceLine
              key={`${runId}/${at}`}
              x={at}
              stroke="var(--chart-axis)"
              strokeDasharray="3 3"
              label={{ value: name, position: "top", fill: "var(--chart-text)", fontSize: 11 }}
            />
          ))}
          <Line
            dataKey="tokens"
            type="stepAfter"
            stroke="var(--series-1)"
            strokeWidth={2}
            dot
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}
