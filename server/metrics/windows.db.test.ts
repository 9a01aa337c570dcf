import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import {
  createMetricRun,
  findFaults,
  logMetrics,
  type MetricRun,
  modelPoints,
  openMetricAttempt,
  recordInModel,
} from "../testing/metric-run.ts";
import type { BucketSeries, WireNumber } from "./contract.ts";
import { importSeries } from "./import-series.ts";
import { latestValues } from "./latest-values.ts";
import { listKeys } from "./list-keys.ts";
import { readSeries } from "./read-series.ts";
import { sealTail } from "./seal-tail.ts";
import { trimTail } from "./trim-tail.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.close();
});

function column(steps: number[], values: (WireNumber | null)[], key = "loss") {
  return { steps, times: steps.map((step) => 1e12 + step * 1000), series: { [key]: values } };
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

async function importRange(run: MetricRun, batch: ReturnType<typeof column>, block: number) {
  const values = Float64Array.from(batch.series["loss"] ?? [], Number);
  const blocks = range(0, Math.ceil(values.length / block)).map((index) => ({
    steps: Float64Array.from(batch.steps.slice(index * block, (index + 1) * block)),
    times: Float64Array.from(batch.times.slice(index * block, (index + 1) * block)),
    values: values.slice(index * block, (index + 1) * block),
  }));
  recordInModel(run, batch);
  return await importSeries(run.pool, {
    runId: run.runId,
    attempt: run.attempt,
    key: "loss",
    blocks,
  });
}

type LossWindow = { from?: number; to?: number; buckets: number };

async function expectLoss(run: MetricRun, query: LossWindow, all = modelPoints(run, "loss")) {
  const { series } = await readSeries(run.pool, { runId: run.runId, keys: ["loss"], ...query });
  const { from = 0, to = Infinity } = query;
  const inside = all.filter(({ step }) => step >= from && step <= to);
  const loss = series["loss"];
  expect(loss && findFaults(loss, inside, query.buckets), JSON.stringify(query)).toEqual([]);
}

test("a spike of one step shows at every zoom and every position, sealed or not", async () => {
  const run = await createMetricRun(database.pool);
  const [count, spike] = [40_000, 23_456];
  const values = range(0, count).map((step) => (step === spike ? 1e6 : Math.sin(step)));
  const half = 30_000;
  await logMetrics(run, column(range(0, half), values.slice(0, half)));
  await sealTail(run.pool, run);
  await logMetrics(run, column(range(half, count - half), values.slice(half)));
  for (let length = 1; length <= count; length = Math.ceil(length * 1.7)) {
    for (const share of [0, 0.31, 1]) {
      const from = Math.max(0, Math.round(spike - share * (length - 1)));
      for (const buckets of [1, 2, 7, 100]) {
        const window = { from, to: from + length - 1, buckets };
        const { series } = await readSeries(run.pool, {
          runId: run.runId,
          keys: ["loss"],
          ...window,
        });
        const loss = series["loss"];
        const seen = loss?.kind === "raw" ? loss.values : (loss?.max ?? []);
        expect(Math.max(...seen.map(Number)), JSON.stringify(window)).toBe(1e6);
      }
    }
  }
}, 240_000);

test("a history long enough for every storey of the search is read exactly, from either end", async () => {
  const run = await createMetricRun(database.pool);
  const count = 300_000;
  const values = range(0, count).map((step) => (step % 1000 === 77 ? "NaN" : (step * 7919) % 1009));
  const imported = await importRange(run, column(range(5, count), values as WireNumber[]), 65_536);
  expect(imported).toEqual({ points: count });
  await logMetrics(run, column(range(count + 5, 300), range(0, 300)));
  const before = modelPoints(run, "loss");
  for (const buckets of [1, 3, 500, 4000]) {
    await expectLoss(run, { buckets }, before);
    await expectLoss(run, { from: 262_149, to: 262_149, buckets }, before);
    await expectLoss(run, { from: 1000, to: 200_000, buckets }, before);
    await expectLoss(run, { from: 270_001, to: count + 100, buckets }, before);
    await expectLoss(run, { from: count - 700, to: count - 3, buckets }, before);
    await expectLoss(run, { from: count + 400, buckets }, before);
  }
  // One late point in the middle: unsealed, then sealed.
  await logMetrics(run, column([150_000], [-5000]));
  const after = modelPoints(run, "loss");
  for (const seal of [false, true]) {
    if (seal) {
      await sealTail(run.pool, run);
    }
    await expectLoss(run, { from: 140_000, to: 160_000, buckets: 100 }, after);
    await expectLoss(run, { buckets: 500 }, after);
  }
}, 240_000);

test("an import takes blocks in any order and replaces what stands", async () => {
  const run = await createMetricRun(database.pool);
  await logMetrics(run, column(range(100, 50), range(0, 50)));
  const shuffled = [...range(3000, 2000), ...range(0, 3000).reverse(), 4999];
  await importRange(
    run,
    column(
      shuffled,
      shuffled.map((step) => step / 7),
    ),
    700,
  );
  await expectLoss(run, { buckets: 4000 });
  await expectLoss(run, { from: 90, to: 4999, buckets: 20 });
  expect((await latestValues(run.pool, run)).get("loss")).toEqual({
    step: 4999,
    time: 1e12 + 4_999_000,
    value: 4999 / 7,
  });
});

test("an import into an unknown run is refused and an import that fails leaves nothing", async () => {
  const blocks = [
    { steps: Float64Array.of(1), times: Float64Array.of(1), values: Float64Array.of(1) },
  ];
  const unknown = importSeries(database.pool, {
    runId: "run_none",
    attempt: 1,
    key: "loss",
    blocks,
  });
  await expect(unknown).rejects.toMatchObject({ code: "not_found" });
  const run = await createMetricRun(database.pool);
  const breaking = (function* () {
    yield* blocks;
    throw new Error("the file ends here");
  })();
  const failing = importSeries(run.pool, {
    runId: run.runId,
    attempt: 1,
    key: "loss",
    blocks: breaking,
  });
  await expect(failing).rejects.toThrow("the file ends here");
  expect(await listKeys(run.pool, { runId: run.runId })).toEqual([]);
});

test("empty windows, a single point and a series of NaN are answered plainly", async () => {
  const run = await createMetricRun(database.pool);
  await logMetrics(run, column([7], [0.5]));
  for (const seal of [false, true]) {
    if (seal) {
      await sealTail(run.pool, run);
    }
    await expectLoss(run, { buckets: 1 });
    await expectLoss(run, { from: 7, to: 7, buckets: 1 });
    await expectLoss(run, { from: 8, buckets: 10 });
    await expectLoss(run, { from: 9, to: 2, buckets: 10 });
    await expectLoss(run, { to: 6, buckets: 10 });
  }
  await logMetrics(run, column(range(0, 500), Array(500).fill("NaN"), "nothing"));
  const { series } = await readSeries(run.pool, {
    runId: run.runId,
    keys: ["nothing"],
    buckets: 10,
  });
  const nothing = series["nothing"] as BucketSeries;
  expect(nothing.kind).toBe("buckets");
  expect(new Set([...nothing.min, ...nothing.max, ...nothing.mean])).toEqual(new Set(["NaN"]));
  expect(nothing.nonFinite).toEqual(nothing.count);
});

test("each attempt answers for itself and the newest is the default", async () => {
  const run = await createMetricRun(database.pool);
  await logMetrics(run, column([1, 2, 3], [1, 2, 3]));
  await openMetricAttempt(run);
  await logMetrics(run, column([2, 3], [20, 30]));
  const newest = await readSeries(run.pool, { runId: run.runId, keys: ["loss"] });
  expect(newest).toMatchObject({ attempt: 2, series: { loss: { attempt: 2, values: [20, 30] } } });
  const first = await readSeries(run.pool, { runId: run.runId, keys: ["loss"], attempt: 1 });
  expect(first).toMatchObject({ attempt: 1, series: { loss: { attempt: 1, values: [1, 2, 3] } } });
  const missing = readSeries(run.pool, { runId: run.runId, keys: ["loss"], attempt: 3 });
  await expect(missing).rejects.toMatchObject({ code: "not_found" });
});

test("an unknown run is not found and the tokens axis needs tokens", async () => {
  const unknown = readSeries(database.pool, { runId: "run_none", keys: ["loss"] });
  await expect(unknown).rejects.toMatchObject({ code: "not_found" });
  const run = await createMetricRun(database.pool);
  await logMetrics(run, column([1], [1]));
  const tokens = readSeries(run.pool, { runId: run.runId, keys: ["loss"], x: "tokens" });
  await expect(tokens).rejects.toMatchObject({ code: "bad_request" });
});

test("on the tokens axis, steps between two tokens counts are placed between them", async () => {
  const run = await createMetricRun(database.pool);
  await logMetrics(run, column([0, 10, 20], [0, 1000, 3000], "tokens"));
  await logMetrics(run, column([0, 5, 10, 15, 20, 25], [1, 2, 3, 4, 5, 6]));
  const read = { runId: run.runId, keys: ["loss"], x: "tokens" as const };
  expect((await readSeries(run.pool, read)).series["loss"]).toMatchObject({
    steps: [0, 5, 10, 15, 20, 25],
    x: [0, 500, 1000, 2000, 3000, 3000],
  });
  const inside = await readSeries(run.pool, { ...read, from: 500, to: 2500 });
  expect(inside.series["loss"]).toMatchObject({ steps: [5, 10, 15], x: [500, 1000, 2000] });
  expect(inside.series["tokens"]).toBeUndefined();
});

test("the newest value of a key is that of its highest step, wherever it lies", async () => {
  const run = await createMetricRun(database.pool);
  await logMetrics(run, column([5, 9], [1, "Infinity"]));
  await logMetrics(run, column([2], [3], "eval/loss"));
  await sealTail(run.pool, run);
  await logMetrics(run, column([7], [8]));
  await logMetrics(run, column([4], ["NaN"], "eval/loss"));
  const latest = await latestValues(run.pool, run);
  expect([...latest].map(([key, { step, value }]) => [key, step, value])).toEqual([
    ["eval/loss", 4, Number.NaN],
    ["loss", 9, Infinity],
  ]);
  await logMetrics(run, column([9], [10]));
  expect((await latestValues(run.pool, run)).get("loss")).toMatchObject({ step: 9, value: 10 });
  await sealTail(run.pool, run);
  expect((await latestValues(run.pool, run)).get("loss")).toMatchObject({ step: 9, value: 10 });
  expect(await listKeys(run.pool, run)).toEqual(["eval/loss", "loss"]);
});

test("only old messages whose numbers are sealed are trimmed, and no point goes with them", async () => {
  const run = await createMetricRun(database.pool);
  for (const batch of range(0, 20)) {
    await logMetrics(run, column(range(batch * 10, 10), range(batch, 10)));
  }
  const now = Date.now() + 1000;
  const keep = { keepMessages: 5, keepMs: 0, now };
  expect(await trimTail(run.pool, run.runId, keep)).toBe(0);
  await sealTail(run.pool, run);
  expect(await trimTail(run.pool, run.runId, { ...keep, keepMs: 3_600_000 })).toBe(0);
  expect(
    await trimTail(run.pool, run.runId, { ...keep, keepMs: 3_600_000, mostMessages: 12 }),
  ).toBe(8);
  expect(await trimTail(run.pool, run.runId, keep)).toBe(7);
  await expectLoss(run, { buckets: 1000 });
  // What an attempt left unsealed is sealed before it goes.
  await logMetrics(run, column([1000], [1]));
  await openMetricAttempt(run);
  expect(await trimTail(run.pool, run.runId, { ...keep, keepMessages: 0 })).toBe(6);
  expect(
    (await readSeries(run.pool, { runId: run.runId, keys: ["loss"], attempt: 1, from: 999 }))
      .series["loss"],
  ).toMatchObject({ values: [1] });
});

test("more keys than allowed are refused whole", async () => {
  const run = await createMetricRun(database.pool);
  const keys = (first: number, count: number) => ({
    steps: [1],
    times: [1],
    series: Object.fromEntries(range(first, count).map((key) => [`layer/${key}`, [1]])),
  });
  await logMetrics(run, keys(0, 4999));
  await expect(logMetrics(run, keys(4990, 20))).rejects.toMatchObject({ code: "too_large" });
  await logMetrics(run, keys(4990, 10));
  expect((await listKeys(run.pool, run)).length).toBe(5000);
});
