import { afterAll, beforeAll, expect, test } from "vitest";
import { readHeatMap } from "../metrics/read-heat-map.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMetricRun, logMetrics, type MetricRun } from "../testing/metric-run.ts";
import { compareSeries } from "./compare-series.ts";
import { compareTable } from "./compare-table.ts";

const START = 1_700_000_000_000;
let database: TestDatabase;
const runs: MetricRun[] = [];

beforeAll(async () => {
  database = await testDatabase();
  for (const place of [0, 1]) {
    const run = await createMetricRun(database.pool);
    const steps = [0, 1, 2, 3];
    await logMetrics(run, {
      steps,
      times: steps.map((step) => START + place * 5_000_000 + step * 1_000),
      series: {
        loss: [5 + place, 3 + place, 2 + place, 4 + place],
        ...(place === 0 ? { tokens: [10, 20, 30, 40] } : {}),
        "layer/0/grad_std": [1, 2, 3, 4],
        "layer/10/grad_std": [null, 6, null, 8],
        "layer/2/grad_std": [9, "NaN", 9, 9],
      },
    });
    await database.db.run.update({
      where: { id: run.runId },
      data: {
        startedAt: new Date(START + place * 5_000_000),
        config: { model: { layers: 2 + place, width: 8 } },
      },
    });
    runs.push(run);
  }
});
afterAll(() => database.close());

const tools = () => ({ ...database, now: Date.now() });
const asked = () => runs.map(({ runId }) => ({ runId }));
const KEYS = ["loss"];

test("runs that began at different times lie on one another when time counts from their start", async () => {
  const query = { runs: asked(), keys: KEYS, x: "relative" as const, from: 1_000, buckets: 100 };
  const { runs: found } = await compareSeries(tools(), query);
  expect(found.map(({ series }) => series["loss"]?.x)).toEqual([
    [1_000, 2_000, 3_000],
    [1_000, 2_000, 3_000],
  ]);
});

test("a run without tokens says so, and the others are drawn", async () => {
  const query = { runs: asked(), keys: KEYS, x: "tokens" as const, buckets: 100 };
  const { runs: found } = await compareSeries(tools(), query);
  expect(found.map(({ problem }) => problem === null)).toEqual([true, false]);
  expect(found[0]?.series["loss"]?.x).toEqual([10, 20, 30, 40]);
});

test("the table shows what differs, the best value with its step, and the newest", async () => {
  const table = await compareTable(tools(), { runIds: runs.map(({ runId }) => runId) });
  expect(table.config).toEqual([
    { path: "model.layers", values: ["2", "3"], differs: true },
    { path: "model.width", values: ["8", "8"], differs: false },
  ]);
  expect(table.metrics[0]).toEqual({
    key: "loss",
    better: "lower",
    values: [
      { last: 4, lastStep: 3, best: 2, bestStep: 2 },
      { last: 5, lastStep: 3, best: 3, bestStep: 2 },
    ],
  });
});

test("the heat map has a row for each layer, in the order of their numbers, and holes where nothing finite is", async () => {
  const runId = runs[0]?.runId ?? "";
  const map = await readHeatMap(database.pool, { runId, buckets: 100 });
  expect(map.stats).toEqual(["grad_std"]);
  expect(map.rows.map(({ label }) => label)).toEqual(["0", "2", "10"]);
  expect(map.rows[1]?.mean).toEqual([9, null, 9, 9]);
  expect(map.rows[2]?.mean).toEqual([null, 6, null, 8]);
});
