import type { Pool } from "../platform/pool.ts";
import type { HeatMap, HeatMapQuery, Series } from "./contract.ts";
import { listKeys } from "./list-keys.ts";
import { readSeries } from "./read-series.ts";

const LAYER = /^layer\/([^/]+)\/(.+)$/;
const MOST_LAYERS = 200;

type Columns = {
  steps: number[];
  lastSteps: number[];
  times: number[];
  mean: number[];
  max: number[];
};

/** Every layer's values of one statistic over time, in one question. */
export async function readHeatMap(pool: Pool, query: HeatMapQuery): Promise<HeatMap> {
  const { runId, attempt, from, to, buckets } = query;
  const layers = (await listKeys(pool, { runId, attempt })).flatMap((key) => {
    const [, label, stat] = LAYER.exec(key) ?? [];
    return label === undefined || stat === undefined ? [] : [{ key, label, stat }];
  });
  const stats = [...new Set(layers.map(({ stat }) => stat))].sort();
  const stat = query.stat ?? stats[0] ?? null;
  const shown = layers
    .filter((layer) => layer.stat === stat)
    .sort((a, b) => a.label.localeCompare(b.label, "en", { numeric: true }))
    .slice(0, MOST_LAYERS);
  const keys = shown.map(({ key }) => key);
  const { seq, ...answer } = await readSeries(pool, { runId, attempt, keys, from, to, buckets });
  const columns = new Map(keys.map((key) => [key, columnsOf(answer.series[key])]));
  const frame = columns.get(keys[0] ?? "") ?? columnsOf(undefined);
  return {
    seq,
    attempt: answer.attempt,
    stat,
    stats,
    steps: frame.steps,
    lastSteps: frame.lastSteps,
    times: frame.times,
    rows: shown.map(({ key, label }) => {
      const own = columns.get(key) ?? columnsOf(undefined);
      return {
        key,
        label,
        mean: onFrame(frame, own, own.mean),
        max: onFrame(frame, own, own.max),
      };
    }),
  };
}

function columnsOf(series: Series | undefined): Columns {
  if (series === undefined) {
    return { steps: [], lastSteps: [], times: [], mean: [], max: [] };
  }
  if (series.kind === "raw") {
    const values = series.values.map(Number);
    const { steps, times } = series;
    return { steps, lastSteps: steps, times, mean: values, max: values };
  }
  const { steps, lastSteps, times } = series;
  return { steps, lastSteps, times, mean: series.mean.map(Number), max: series.max.map(Number) };
}

/** A layer's values in the columns of the frame; the same steps mostly, else the layer's first stretch that reaches into the column. */
function onFrame(frame: Columns, own: Columns, values: number[]): (number | null)[] {
  let at = 0;
  return frame.steps.map((step, column) => {
    while (at < own.steps.length && (own.lastSteps[at] as number) < step) {
      at += 1;
    }
    const value = values[at];
    const within = (own.steps[at] ?? Infinity) <= (frame.lastSteps[column] as number);
    return within && value !== undefined && Number.isFinite(value) ? value : null;
  });
}
