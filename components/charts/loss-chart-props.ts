import type { ReactNode } from "react";
import type { ChartChoices } from "./chart-choices.ts";
import type { ChartEvent, ChartStage } from "./events.ts";
import type { YScale } from "./scale.ts";
import type { ChartSeries, ChartWindow, XAxis } from "./series.ts";

export type LossChartProps = {
  title: string;
  series: readonly ChartSeries[];
  events: readonly ChartEvent[];
  stages: readonly ChartStage[];
  xAxis: XAxis;
  yScale: YScale;
  /** Factor of the moving average, 0 (none) to 0.999. */
  smoothing: number;
  /** What is shown; null shows the whole run and grows with it. */
  window: ChartWindow | null;
  fullWindow: ChartWindow;
  /** The main series over the whole run, for the strip below; without it the main series serves. */
  overview?: ChartSeries | undefined;
  live: boolean;
  loading: boolean;
  state?: "ok" | "empty" | "failed" | "disconnected" | undefined;
  onWindowChange: (window: ChartWindow | null) => void;
  locale: string;
  height?: number | undefined;
  /** Word at the head of the y axis; "loss" unless told. */
  yName?: string | undefined;
  /** What a step is called: a history may count days. */
  stepWord?: "step" | "day" | undefined;
  /** Hidden lines and pinned readings, where the page keeps them. */
  choices?: ChartChoices | undefined;
  onChoices?: ((choices: ChartChoices) => void) | undefined;
  emptyText?: string | undefined;
  failedText?: string | undefined;
  onRetry?: (() => void) | undefined;
  /** More links beside the data table: CSV, Parquet, SVG. */
  actions?: ReactNode;
};
