import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createToken } from "../auth/create-token.ts";
import { defineQueue, enqueue, jobsBoss } from "../platform/jobs.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const asAdmin = async () =>
  callerFor(database, await createMember(database.db, { roles: ["admin"], twoFactor: true }));

test("an admin sees a job that was given up, tries it again, and the log says so", async () => {
  const queue = defineQueue({ name: "test/failing", schema: z.object({}), retryLimit: 0 });
  await database.db.$transaction((tx) => enqueue(tx, queue, { data: {} }));
  const boss = await jobsBoss();
  const [job] = await boss.fetch(queue.name);
  await boss.fail(queue.name, job?.id ?? "", { message: "The disk is full." });
  const admin = await asAdmin();
  const { failed, queues } = await admin.admin.overview();
  expect(failed).toMatchObject([{ queue: "test/failing", message: "The disk is full." }]);
  expect(queues.find(({ name }) => name === "test/failing")).toMatchObject({ failed: 1 });
  const retry = { id: failed[0]?.id ?? "", queue: "test/failing", reason: "The disk has room." };
  await admin.admin.retryJob(retry);
  expect((await admin.admin.overview()).failed).toEqual([]);
  await expect(admin.admin.retryJob(retry)).rejects.toThrow("given up");
  const { decisions } = await admin.decisions.list({ kind: "job.retry" } as never);
  expect(decisions).toMatchObject([{ kind: "job.retry", reason: "The disk has room." }]);
});

test("an admin ends a token, and changes what stands above every page", async () => {
  const admin = await asAdmin();
  const { id } = await createToken(database.db, { label: "old", scope: "read" } as never);
  await admin.admin.endToken({ id, reason: "It was shown in a talk." });
  expect((await admin.admin.overview()).tokens.map((token) => token.id)).not.toContain(id);
  const notice = { en: "We move on Sunday.", zh: "周日搬迁。" };
  await admin.admin.saveNotice({ ...notice, reason: "So that nobody is surprised." });
  expect(await callerFor(database, null).admin.notice()).toEqual(notice);
});

test("the overview counts what the portal has", async () => {
  const { storage, health, members, staff } = await (await asAdmin()).admin.overview();
  expect(storage.databaseBytes).toBeGreaterThan(1_000_000);
  expect(health.migrations).toBeGreaterThan(10);
  expect(members).toBeGreaterThanOrEqual(staff.length);
  expect(staff.every(({ roles }) => roles.length > 0)).toBe(true);
});
