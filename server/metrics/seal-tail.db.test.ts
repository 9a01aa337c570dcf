import { afterAll, beforeAll, expect, test } from "vitest";
import { transaction } from "../platform/pool.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import {
  createMetricRun,
  findFaults,
  logMetrics,
  type MetricRun,
  modelPoints,
} from "../testing/metric-run.ts";
import { readSeries } from "./read-series.ts";
import { sealIfDue, sealsSettled } from "./seal-if-due.ts";
import { lockAttempt, sealSome, sealTail } from "./seal-tail.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.close();
});

function lossBatch(first: number, rows: number) {
  const steps = Array.from({ length: rows }, (_, row) => first + row);
  return {
    steps,
    times: steps.map((step) => step * 1000),
    series: { loss: steps.map((step) => Math.sin(step)), lr: steps.map((step) => 1 / (1 + step)) },
  };
}

async function expectWhole(run: MetricRun): Promise<void> {
  for (const buckets of [50, 4000]) {
    const { series } = await readSeries(run.pool, {
      runId: run.runId,
      keys: ["loss", "lr"],
      buckets,
    });
    for (const key of ["loss", "lr"]) {
      const answer = series[key];
      expect(answer && findFaults(answer, modelPoints(run, key), buckets)).toEqual([]);
    }
  }
}

/** Steps 0, 1, 2 … without holes: then each bucket begins behind the one before and counts what it spans. */
async function expectUnbroken(run: MetricRun): Promise<void> {
  const { series } = await readSeries(run.pool, { runId: run.runId, keys: ["loss"], buckets: 4 });
  const loss = series["loss"];
  expect(loss?.kind).toBe("buckets");
  if (loss?.kind === "buckets") {
    expect(loss.steps).toEqual([0, ...loss.lastSteps.slice(0, -1).map((step) => step + 1)]);
    expect(loss.count).toEqual(loss.lastSteps.map((last, at) => last + 1 - (loss.steps[at] ?? 0)));
  }
}

async function stored(run: MetricRun) {
  const { rows } = await run.pool.query<{
    sealed: number;
    waiting: number;
    messages: number;
    seq: number;
  }>(
    `select (select coalesce(sum("sealedCount"), 0)::int from "MetricSeries" where "runId" = $1) as sealed,
       points as waiting, messages, "sealedSeq" as seq from "MetricTail" where "runId" = $1`,
    [run.runId],
  );
  return rows[0];
}

test("sealing moves every point once and is empty the second time", async () => {
  const run = await createMetricRun(database.pool);
  await logMetrics(run, lossBatch(0, 1500));
  await logMetrics(run, lossBatch(1500, 10));
  expect(await stored(run)).toEqual({ sealed: 0, waiting: 3020, messages: 2, seq: 0 });
  expect(await sealTail(run.pool, run)).toEqual({ points: 3020 });
  expect(await stored(run)).toEqual({ sealed: 3020, waiting: 0, messages: 0, seq: 2 });
  expect(await sealTail(run.pool, run)).toEqual({ points: 0 });
  await expectWhole(run);
});

test("a seal that dies before its commit leaves everything in the tail", async () => {
  const run = await createMetricRun(database.pool);
  await logMetrics(run, lossBatch(0, 1200));
  await sealTail(run.pool, run);
  await logMetrics(run, lossBatch(1000, 2000));
  const before = await stored(run);
  const dying = transaction(run.pool, async (client) => {
    await lockAttempt(client, run);
    expect((await sealSome(client, run)).points).toBe(4000);
    await client.query("select pg_terminate_backend(pg_backend_pid())");
  });
  await expect(dying).rejects.toThrow(/terminat/);
  expect(await stored(run)).toEqual(before);
  await expectWhole(run);
  await sealTail(run.pool, run);
  expect(await stored(run)).toMatchObject({ sealed: 6000, waiting: 0 });
  await expectWhole(run);
});

test("a batch whose transaction fails leaves neither points nor keys", async () => {
  const run = await createMetricRun(database.pool);
  await logMetrics(run, lossBatch(0, 10));
  const failing = logMetrics(
    run,
    { ...lossBatch(10, 10), series: { other: Array(10).fill(1) } },
    true,
  );
  await expect(failing).rejects.toThrow("aborted on purpose");
  const answer = await readSeries(run.pool, { runId: run.runId, keys: ["loss", "other"] });
  expect(Object.keys(answer.series)).toEqual(["loss"]);
  expect(answer.seq).toBe(1);
  await expectWhole(run);
});

test("two sealers, one writer and a reader at once: every answer is whole, every point is there once", async () => {
  const run = await createMetricRun(database.pool);
  await logMetrics(run, lossBatch(0, 5));
  let writing = true;
  const write = async () => {
    let next = 5;
    for (let batch = 0; batch < 60; batch++) {
      // Every seventh batch goes back over steps that may be sealed already.
      const first = batch % 7 === 6 ? Math.max(0, next - 300) : next;
      await logMetrics(run, lossBatch(first, 50));
      next = Math.max(next, first + 50);
    }
    writing = false;
  };
  const seal = async () => {
    while (writing) {
      await sealTail(run.pool, run);
    }
  };
  let reads = 0;
  const read = async () => {
    while (writing) {
      const { series } = await readSeries(run.pool, {
        runId: run.runId,
        keys: ["loss"],
        buckets: 4000,
      });
      const loss = series["loss"];
      // Values say which step they belong to, so a lost, doubled or misplaced point shows.
      expect(loss?.kind).toBe("raw");
      if (loss?.kind === "raw") {
        expect(new Set(loss.steps).size).toBe(loss.steps.length);
        expect(loss.values).toEqual(loss.steps.map((step) => Math.sin(step)));
      }
      await expectUnbroken(run);
      reads += 1;
    }
  };
  await Promise.all([write(), seal(), seal(), read()]);
  expect(reads).toBeGreaterThan(0);
  await sealTail(run.pool, run);
  expect(await stored(run)).toMatchObject({ waiting: 0, messages: 0 });
  await expectWhole(run);
});

test("the tail is sealed beside other work when it is due, and not before", async () => {
  const run = await createMetricRun(database.pool);
  const small = await logMetrics(run, lossBatch(0, 1000));
  await sealIfDue(run.pool, { ...run, tail: small.tail });
  await sealsSettled();
  expect(await stored(run)).toMatchObject({ sealed: 0, messages: 1 });
  const large = await logMetrics(run, lossBatch(1000, 20_000));
  expect(large).toEqual({ points: 40_000, tail: { points: 42_000, messages: 2 } });
  await sealIfDue(run.pool, { ...run, tail: large.tail });
  await sealsSettled();
  expect(await stored(run)).toMatchObject({ sealed: 42_000, messages: 0 });
});

test("a writer that is far ahead waits for the seal", async () => {
  const run = await createMetricRun(database.pool);
  const { tail } = await logMetrics(run, lossBatch(0, 270_000));
  await sealIfDue(run.pool, { ...run, tail });
  expect(await stored(run)).toMatchObject({ sealed: 540_000, waiting: 0 });
});
