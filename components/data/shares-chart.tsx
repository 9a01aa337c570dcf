"use client";
import { useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { useFormats } from "#components/runs/use-formats.ts";
import type { SourceReport } from "#server/data/contract.ts";
import { AXIS, GRID, TOOLTIP } from "./chart-look.ts";

const ROW = 34;

/** Tokens of each source as bars; the table below says the same in numbers. */
export function SharesChart({ sources }: { sources: readonly SourceReport[] }) {
  const words = useTranslations("data");
  const formats = useFormats();
  const rows = sources.map(({ source, tokens }) => ({ source, tokens }));
  return (
    <figure className="data-chart" aria-label={words("sharesLabel")}>
      <ResponsiveContainer width="100%" height={ROW * rows.length + 40}>
        <BarChart data={rows} layout="vertical" margin={{ left: 0, right: 24 }}>
          <CartesianGrid {...GRID} horizontal={false} />
          <XAxis type="number" {...AXIS} tickFormatter={(value) => formats.count(Number(value))} />
          <YAxis type="category" dataKey="source" {...AXIS} width={132} />
          <Tooltip
            {...TOOLTIP}
            formatter={(value) => [formats.step(Number(value)), words("tokens")]}
          />
          <Bar dataKey="tokens" fill="var(--series-1)" isAnimationActive={false} barSize={16} />
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
}
