"use client";
import { useTranslations } from "next-intl";
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { useFormats } from "#components/runs/use-formats.ts";
import type { SourceReport } from "#server/data/contract.ts";
import { AXIS, GRID, TOOLTIP } from "./chart-look.ts";

const ROW = 34;
const FATES = [
  { key: "kept", colour: "var(--series-3)" },
  { key: "duplicates", colour: "var(--series-2)" },
  { key: "dropped", colour: "var(--series-4)" },
] as const;

/** What became of a hundred documents of each source. */
export function FateChart({ sources }: { sources: readonly SourceReport[] }) {
  const words = useTranslations("data");
  const formats = useFormats();
  const rows = sources.map(({ source, documents, kept, duplicates }) => {
    const all = Math.max(1, documents);
    return {
      source,
      kept: kept / all,
      duplicates: duplicates / all,
      dropped: Math.max(0, documents - kept - duplicates) / all,
    };
  });
  return (
    <figure className="data-chart" aria-label={words("fateLabel")}>
      <ResponsiveContainer width="100%" height={ROW * rows.length + 76}>
        <BarChart data={rows} layout="vertical" margin={{ left: 0, right: 24 }}>
          <CartesianGrid {...GRID} horizontal={false} />
          <XAxis
            type="number"
            domain={[0, 1]}
            {...AXIS}
            tickFormatter={(value) => formats.percent(Number(value))}
          />
          <YAxis type="category" dataKey="source" {...AXIS} width={132} />
          <Tooltip
            {...TOOLTIP}
            formatter={(value, name) => [formats.percent(Number(value)), name]}
          />
          <Legend formatter={(value) => <span className="data-legend">{value}</span>} />
          {FATES.map(({ key, colour }) => (
            <Bar
              key={key}
              dataKey={key}
              name={words(`fate.${key}`)}
              stackId="fate"
              fill={colour}
              isAnimationActive={false}
              barSize={16}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
}
