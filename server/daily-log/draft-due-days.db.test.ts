import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import { draftDueDays } from "./draft-due-days.ts";
import { readDailyLog } from "./list-daily-logs.ts";

let portal: TestPortal;
beforeAll(async () => {
  portal = await testPortal();
});
afterAll(() => portal.close());

test("a turned day is drafted once from the numbers of that day alone", async () => {
  const token = await portal.token({ scope: "ingest", label: "test" });
  const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  const planned = { tokens: 4_000 };
  const json = { project: "p", name: "drafted", key: "drafted", planned };
  const { json: run } = await portal.ask("POST", "/api/v1/runs", { token, json });
  const attempt = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, { token, json: attempt });
  const times = [-3000, -2000, -1000, 1000].map((offset) => midnight + offset);
  const series = { loss: [4, 3, 2, 1], grad_norm: [1, 2, 3, 50], tokens: [100, 200, 300, 400] };
  const batch = { attempt: 1, batch: 1, steps: [1, 2, 3, 4], times, series };
  await portal.ask("POST", `/api/v1/runs/${run.id}/log`, { token, json: batch });
  await portal.db.run.update({
    where: { id: run.id },
    data: { lastMessageAt: new Date(midnight) },
  });

  const now = midnight + 120_000;
  const both = await Promise.all([draftDueDays(portal, now), draftDueDays(portal, now)]);
  expect(both[0] + both[1]).toBe(1);
  const day = new Date(midnight).toISOString().slice(0, 10);
  const { figures } = await readDailyLog(portal.db, { runId: run.id, day });
  expect(figures).toMatchObject({
    lossBegin: 4,
    lossEnd: 2,
    gradNorm: 2,
    firstStep: 1,
    lastStep: 3,
    tokens: 300,
    tokensTotal: 300,
    progressPercent: 7.5,
    energyKwh: null,
  });
});

test("days that turned while the portal was away are made up for, each with its own share", async () => {
  const token = await portal.token({ scope: "ingest", label: "test" });
  const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  const json = { project: "p", name: "away", key: "away" };
  const { json: run } = await portal.ask("POST", "/api/v1/runs", { token, json });
  const attempt = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, { token, json: attempt });
  const times = [-3, -2, -1].map((days) => midnight + days * 86_400_000 + 1_000);
  const series = { loss: [4, 3, 2], "energy/kwh": [1, 3, 7] };
  const batch = { attempt: 1, batch: 1, steps: [1, 2, 3], times, series };
  await portal.ask("POST", `/api/v1/runs/${run.id}/log`, { token, json: batch });
  await portal.db.run.update({
    where: { id: run.id },
    data: { startedAt: new Date(times[0] ?? 0), lastMessageAt: new Date(times[2] ?? 0) },
  });
  expect(await draftDueDays(portal, midnight + 120_000)).toBe(3);
  const rows = await portal.db.dailyLog.findMany({
    where: { runId: run.id },
    orderBy: { day: "asc" },
    select: { figures: true },
  });
  const gained = rows.map(({ figures }) => (figures as { energyKwh: number }).energyKwh);
  expect(gained).toEqual([1, 2, 4]);
  expect(await draftDueDays(portal, midnight + 180_000)).toBe(0);
});
