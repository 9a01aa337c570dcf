// Reads windows of a series of 10 million points: latency, spike recall, cost by length, import speed, size on disk.
//   npm run bench -- read [POINTS]      POINTS of the long series, 10 000 000 when left out
import { importSeries } from "#server/metrics/import-series.ts";
import type { Points } from "#server/metrics/points.ts";
import { readSeries } from "#server/metrics/read-series.ts";
import type { Pool } from "#server/platform/pool.ts";
import { startBenchDatabase } from "./database.ts";
import type { BenchReport } from "./main.ts";

const RUN = "run_bench";
const LONG = 10_000_000;
const BLOCK = 65_536;
const BUCKETS = 1000;
const WINDOWS = 100;
const WARM_UP = 30;
const SPIKES = 1000;
const SPIKE = 1000;
const START_MS = 1_700_000_000_000;

type Window = { from: number; to: number };

/** Repeatable noise in 0 … 1, so that each call of the bench reads the same windows. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A falling, noisy loss with full mantissas, times that jitter by milliseconds, and spikes of one step. */
function* makeBlocks(count: number, spikes: ReadonlySet<number>): Generator<Points> {
  const random = noise(count);
  let time = START_MS;
  for (let first = 0; first < count; first += BLOCK) {
    const length = Math.min(BLOCK, count - first);
    const block: Points = {
      steps: new Float64Array(length),
      times: new Float64Array(length),
      values: new Float64Array(length),
    };
    for (let index = 0; index < length; index++) {
      const step = first + index;
      time += 800 + Math.floor(random() * 40);
      block.steps[index] = step;
      block.times[index] = time;
      block.values[index] = spikes.has(step)
        ? SPIKE + random()
        : 2 + 8 / (1 + step / 1000) + random() * 0.3 + random() * 1e-9;
    }
    yield block;
  }
}

function randomSpikes(count: number): Set<number> {
  const random = noise(7);
  return new Set(Array.from({ length: SPIKES }, () => Math.floor(random() * count)));
}

/** Half of the windows anywhere, half at every zoom from a hundred points to all of them. */
function randomWindows(count: number): Window[] {
  const random = noise(count + 1);
  return Array.from({ length: WINDOWS + WARM_UP }, (_, index) => {
    const length =
      index % 2 === 0 ? Math.floor(random() * count) : Math.floor(100 * (count / 100) ** random());
    const from = Math.floor(random() * (count - length));
    return { from, to: from + length };
  });
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

async function loadSeries(pool: Pool, key: string, count: number): Promise<number> {
  const blocks = [...makeBlocks(count, randomSpikes(count))];
  const started = performance.now();
  await importSeries(pool, { runId: RUN, attempt: 1, key, blocks });
  return count / ((performance.now() - started) / 1000);
}

async function timeRead(pool: Pool, key: string, { from, to }: Window): Promise<number> {
  const started = performance.now();
  await readSeries(pool, { runId: RUN, keys: [key], from, to, buckets: BUCKETS });
  return performance.now() - started;
}

/** How many of the planted spikes in all windows show in the answers, and how many there are. */
async function countSpikes(
  pool: Pool,
  { key, windows, spikes }: { key: string; windows: Window[]; spikes: Set<number> },
): Promise<{ planted: number; shown: number }> {
  let planted = 0;
  let shown = 0;
  for (const window of windows) {
    const answer = await readSeries(pool, { runId: RUN, keys: [key], ...window, buckets: BUCKETS });
    const series = answer.series[key];
    if (series === undefined) {
      continue;
    }
    const inside = [...spikes].filter((step) => step >= window.from && step <= window.to);
    planted += inside.length;
    const lasts = series.kind === "raw" ? series.steps : series.lastSteps;
    const highest = series.kind === "raw" ? series.values : series.max;
    shown += inside.filter((step) => {
      const at = series.steps.findIndex(
        (first, index) => first <= step && step <= (lasts[index] ?? 0),
      );
      return Number(highest[at]) >= SPIKE;
    }).length;
  }
  return { planted, shown };
}

async function bytesPerPoint(pool: Pool, points: number): Promise<number> {
  const { rows } = await pool.query<{ bytes: number }>(
    `select pg_total_relation_size('"MetricChunk"') + pg_total_relation_size('"MetricPage"') as bytes`,
  );
  return (rows[0]?.bytes ?? 0) / points;
}

export async function run(report: BenchReport, options: string[]): Promise<void> {
  const long = Number(options[0] ?? LONG);
  const short = long / 10;
  const database = await startBenchDatabase();
  const { pool } = database;
  try {
    await pool.query(`insert into "Project" (id) values ('bench')`);
    await pool.query(
      `insert into "Run" (id, "projectId", name, config, planned, attempt) values ($1, 'bench', 'read', '{}', '{}', 1)`,
      [RUN],
    );
    await loadSeries(pool, "short", short);
    const speed = await loadSeries(pool, "long", long);
    report({
      case: `${long} points`,
      metric: "bulk import",
      value: Math.round(speed),
      unit: "points/s",
      bar: { atLeast: 1_000_000 },
    });
    const size = await bytesPerPoint(pool, long + short);
    report({
      case: "chunks and pyramid",
      metric: "size on disk",
      value: size,
      unit: "bytes/point",
      bar: { atMost: 12 },
    });
    await reportReads(report, pool, { long, short });
  } finally {
    await database.stop();
  }
}

async function reportReads(
  report: BenchReport,
  pool: Pool,
  { long, short }: { long: number; short: number },
): Promise<void> {
  const windows = { long: randomWindows(long), short: randomWindows(short) };
  const times = await timeWindows(pool, windows);
  const name = `${long} points to ${BUCKETS} buckets, ${WINDOWS} windows`;
  const typical = quantile(times.long, 0.5);
  report({ case: name, metric: "p50", value: typical, unit: "ms" });
  const slowest = quantile(times.long, 0.95);
  report({ case: name, metric: "p95", value: slowest, unit: "ms", bar: { atMost: 20 } });
  report({
    case: `${long} against ${short} points`,
    metric: "p50 ratio",
    value: typical / quantile(times.short, 0.5),
    unit: "x",
    bar: { atMost: 1.5 },
  });
  const spikes = randomSpikes(long);
  const found = await countSpikes(pool, {
    key: "long",
    windows: windows.long.slice(0, WINDOWS),
    spikes,
  });
  report({
    case: `${found.planted} spikes of one step in view`,
    metric: "spike recall",
    value: (100 * found.shown) / found.planted,
    unit: "%",
    bar: { atLeast: 100 },
  });
}

type ByLength<T> = { long: T; short: T };

/**
 * Alternating, so that what else the machine does falls on both alike. The first rounds, with windows of their own, only
 * warm up: the figures are those of a portal that has been running for a moment.
 */
async function timeWindows(pool: Pool, windows: ByLength<Window[]>): Promise<ByLength<number[]>> {
  const times: ByLength<number[]> = { long: [], short: [] };
  for (let round = -WARM_UP; round < WINDOWS; round++) {
    for (const key of ["long", "short"] as const) {
      const ms = await timeRead(pool, key, windows[key].at(round) as Window);
      if (round >= 0) {
        times[key].push(ms);
      }
    }
  }
  return times;
}
