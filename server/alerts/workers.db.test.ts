import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeJobs, keepJobsIn } from "../platform/jobs.ts";
import { log } from "../platform/log.ts";
import type { Listener } from "../platform/notify.ts";
import { runJobs } from "../platform/run-jobs.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMember } from "../testing/members.ts";
import { saveAlerts } from "./save-alerts.ts";
import { watchDeliveries } from "./watch-deliveries.ts";
import { createAlertsWorkers } from "./workers.ts";

const RUN = "run_woken";
let database: TestDatabase;
let watch: Listener;
let dataDir: string;
beforeAll(async () => {
  database = await testDatabase();
  dataDir = mkdtempSync(join(tmpdir(), "cpm-live-alerts-"));
  keepJobsIn(database.url);
  const mail = { dataDir, smtpUrl: undefined, from: "portal@example.org" };
  const origin = "https://live.example";
  await runJobs(createAlertsWorkers({ ...database, mail, dataDir, origin }));
  watch = watchDeliveries({ db: database.db, url: database.url, log });
});
afterAll(async () => {
  await watch.close();
  await closeJobs();
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test("an event wakes the worker: it is shown and mailed without waiting for the minute", async () => {
  const { db } = database;
  const project = { create: { id: "p" } };
  await db.run.create({ data: { id: RUN, name: "woken", config: {}, planned: {}, project } });
  const { memberId } = await createMember(db);
  const wanted = { inApp: true, mail: true, webhook: null, language: "zh" as const };
  const mine = { runId: RUN, memberId, key: Buffer.alloc(32), now: Date.now() - 1_000 };
  await saveAlerts(db, { ...mine, ...wanted, kinds: ["stall"] });
  const event = {
    id: "evt_woken",
    runId: RUN,
    attempt: 1,
    kind: "stall",
    step: 7,
    source: "server",
  };
  await db.runEvent.create({ data: { ...event, time: new Date(), message: "No message." } });
  const told = () => db.notification.count({ where: { memberId, kind: "run-stall" } });
  await expect.poll(told, { timeout: 20_000 }).toBe(1);
  await expect.poll(() => readdirSync(join(dataDir, "mail")).length, { timeout: 20_000 }).toBe(1);
}, 60_000);
