import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMetricRun, logMetrics } from "../testing/metric-run.ts";
import { importSeries } from "./import-series.ts";
import { readPoints } from "./read-points.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test("every point comes once and in order, sealed, late and waiting ones alike, in blocks of bounded size", async () => {
  const run = await createMetricRun(database.pool);
  const { runId } = run;
  const count = 150_000;
  const steps = Float64Array.from({ length: count }, (_, place) => 2 * place);
  const times = steps.map((step) => 1_000 * step);
  const values = steps.map((step) => (step % 1_000 === 0 ? Number.NaN : step / 3));
  await importSeries(database.pool, {
    runId,
    attempt: 1,
    key: "loss",
    blocks: [{ steps, times, values }],
  });
  const late = 2 * count - 5;
  await logMetrics(run, {
    steps: [late, 2 * count],
    times: [1, 2],
    series: { loss: [-1, -2] },
  });
  const blocks: number[] = [];
  const seen: [number, number][] = [];
  for await (const block of readPoints(database.pool, { runId, key: "loss" })) {
    blocks.push(block.steps.length);
    block.steps.forEach((step, place) => {
      seen.push([step, block.values[place] as number]);
    });
  }
  expect(seen).toHaveLength(count + 2);
  expect(seen.every(([step], place) => place === 0 || step > (seen[place - 1]?.[0] ?? 0))).toBe(
    true,
  );
  expect(seen.find(([step]) => step === late)?.[1]).toBe(-1);
  expect(seen.at(-1)).toEqual([2 * count, -2]);
  expect(seen.filter(([, value]) => Number.isNaN(value))).toHaveLength(300);
  expect(Math.max(...blocks)).toBeLessThanOrEqual(65_536);
});

test("a reader that breaks off gives its connection back", async () => {
  const run = await createMetricRun(database.pool);
  await logMetrics(run, { steps: [1, 2], times: [1, 2], series: { loss: [1, 2] } });
  for (let time = 0; time < 15; time++) {
    for await (const _ of readPoints(database.pool, { runId: run.runId, key: "loss" })) {
      break;
    }
  }
  expect(database.pool.waitingCount).toBe(0);
  const none = readPoints(database.pool, { runId: run.runId, key: "none" });
  expect((await none.next()).done).toBe(true);
  await expect(readPoints(database.pool, { runId: "no", key: "loss" }).next()).rejects.toThrow(
    "no run",
  );
});
