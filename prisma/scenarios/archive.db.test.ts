import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSeries } from "#server/metrics/read-series.ts";
import { detectHistory } from "#server/runs/detect-history.ts";
import { readRun } from "#server/runs/read-run.ts";
import { type TestDatabase, testDatabase } from "#server/testing/database.ts";
import { DAILY_CSV } from "../archive/read-daily.ts";
import { seedArchive } from "./archive.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await Promise.all([seedArchive(database), seedArchive(database)]);
});
afterAll(() => database.close());

async function read(runId: string, key: string) {
  const answer = await readSeries(database.pool, {
    runId,
    keys: [key],
    x: "step",
    buckets: 4000,
  });
  const series = answer.series[key];
  if (series?.kind !== "raw") {
    throw new Error(`${runId} has no raw ${key}`);
  }
  return series;
}

const closed = (time: number) => new Date(time).toISOString();
const runIds = ["cpm-ant", "cpm-ant-plus", "cpm-bee"];

test("every figure of the daily reports stands in exactly one run, at the close of its day", async () => {
  const rows = readFileSync(DAILY_CSV, "utf8").trim().split("\n").slice(1);
  const columns = { loss: 2, data_gb: 3, grad_norm: 4, progress_pct: 5 };
  for (const [key, column] of Object.entries(columns)) {
    const wanted = rows
      .map((row) => row.split(","))
      .filter(([date]) => date !== "2022-11-2")
      .filter((cells) => cells[column] !== "")
      .map((cells) => [`${cells[0]}T08:00:00.000Z`, Number(cells[column])]);
    const stored = await Promise.all(runIds.map((runId) => read(runId, key)));
    const found = stored.flatMap((series) =>
      series.values.map((value, index) => [closed(series.times[index] ?? 0), value]),
    );
    // The loss has one point more in each run: what its first day began with, at step 0.
    const own = key === "loss" ? found.filter((_, index) => !isFirst(stored, index)) : found;
    expect(own).toEqual(wanted);
  }
});

function isFirst(stored: { values: unknown[] }[], index: number): boolean {
  let start = 0;
  for (const { values } of stored) {
    if (index === start) {
      return true;
    }
    start += values.length;
  }
  return false;
}

test("a run begins at the loss that its first day began with, and a step is a day", async () => {
  const [ant, plus, bee] = await Promise.all(runIds.map((runId) => read(runId, "loss")));
  expect([ant?.values[0], plus?.values[0], bee?.values[0]]).toEqual([10.33, 2.37, 10.41]);
  expect([ant?.steps[0], plus?.steps[0], bee?.steps[0]]).toEqual([0, 0, 0]);
  expect(closed(ant?.times[0] ?? 0)).toBe("2022-05-29T08:00:00.000Z");
  expect(closed(plus?.times[0] ?? 0)).toBe("2022-08-05T08:00:00.000Z");
  expect(closed(bee?.times[0] ?? 0)).toBe("2022-10-13T08:00:00.000Z");
  // No report of 2022-06-07: step 9 has no point.
  expect(ant?.steps.slice(0, 11)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11]);
});

test("the runs are finished, archived and dated as they were", async () => {
  const runs = await Promise.all(
    runIds.map((id) => readRun(database, { id, now: Date.parse("2030-01-01") })),
  );
  expect(
    runs.map(({ name, status, archived, step, startedAt, finishedAt }) => ({
      name,
      status,
      archived,
      step,
      days: [closed(startedAt ?? 0).slice(0, 10), closed(finishedAt ?? 0).slice(0, 10)],
    })),
  ).toEqual([
    {
      name: "CPM-Ant",
      status: "finished",
      archived: true,
      step: 68,
      days: ["2022-05-29", "2022-08-05"],
    },
    {
      name: "CPM-Ant+",
      status: "finished",
      archived: true,
      step: 68,
      days: ["2022-08-05", "2022-10-12"],
    },
    {
      name: "CPM-Bee",
      status: "finished",
      archived: true,
      step: 162,
      days: ["2022-10-13", "2023-03-24"],
    },
  ]);
  expect(runs[2]?.latest).toEqual({
    data_gb: 2946.88,
    grad_norm: 2.09,
    loss: 1.77,
    progress_pct: 99.16,
  });
});

test("a day that begins where the day before did not end is remarked, not mended", async () => {
  const events = await database.db.runEvent.findMany({
    where: { kind: "note" },
    select: { runId: true, step: true, message: true },
  });
  expect(events).toEqual([
    {
      runId: "cpm-bee",
      step: 2n,
      message:
        "The report of 2022-10-15 begins at a loss of 10.75, though the day before had closed at 2.75.",
    },
  ]);
});

test("what the detectors see in the history is told once, and stands in its day's log", async () => {
  for (const runId of runIds) {
    expect(await detectHistory(database.pool, { runId, attempt: 1 })).toBe(0);
  }
  const told = await database.db.runEvent.findMany({
    where: { detected: { not: null } },
    orderBy: { time: "asc" },
    select: { runId: true, kind: true, step: true, message: true },
  });
  expect(told).toEqual([
    {
      runId: "cpm-ant-plus",
      kind: "spike",
      step: 54n,
      message: "The loss jumps to 3.07 at step 54, from about 2.085.",
    },
    {
      runId: "cpm-bee",
      kind: "spike",
      step: 118n,
      message: "The loss jumps to 2.38 at step 118, from about 2.06.",
    },
  ]);
  const logs = await database.db.dailyLog.findMany({ where: { eventCount: { gt: 0 } } });
  const kinds = logs.flatMap(({ runId, day, events }) =>
    (events as { kind: string }[]).map(({ kind }) => `${runId} ${day} ${kind}`),
  );
  expect(kinds).toContain("cpm-ant-plus 2022-09-28 spike");
  expect(kinds).toContain("cpm-bee 2023-02-08 spike");
});

test("seeding again changes nothing, and a load that was broken off is done anew", async () => {
  expect(await seedArchive(database)).toBe("already loaded");
  await database.db.run.update({ where: { id: "cpm-bee" }, data: { key: null } });
  await database.db.metricSeries.deleteMany({ where: { runId: "cpm-bee", key: "loss" } });
  expect(await seedArchive(database)).toContain("loaded");
  expect((await read("cpm-bee", "loss")).values).toHaveLength(163);
  expect(await database.db.run.count()).toBe(3);
});
