/** What the drawn charts of this page have in common, in the site's tokens. */
const TEXT = { fill: "var(--chart-text)", fontSize: 12 };

export const AXIS = {
  stroke: "var(--chart-axis)",
  tick: TEXT,
  tickLine: false,
} as const;

export const GRID = { stroke: "var(--chart-grid)" } as const;

export const TOOLTIP = {
  cursor: { fill: "var(--sunk)", stroke: "var(--chart-axis)" },
  contentStyle: {
    background: "var(--surface)",
    border: "1px solid var(--rule)",
    color: "var(--ink)",
    fontSize: 13,
  },
  itemStyle: { color: "var(--ink-2)" },
  labelStyle: { color: "var(--ink)" },
  isAnimationActive: false,
} as const;
