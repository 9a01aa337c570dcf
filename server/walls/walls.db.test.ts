import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";

const RUN = "run_walls";
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const project = { create: { id: "p" } };
  const run = { id: RUN, name: "walls", config: {}, planned: {}, project };
  await database.db.run.create({ data: run });
});
afterAll(() => database.close());

test("each member has an arrangement of their own per run, and the last one saved stays", async () => {
  const [one, other] = await Promise.all([createMember(database.db), createMember(database.db)]);
  const mine = callerFor(database, one).walls;
  expect(await mine.read({ runId: RUN })).toEqual({ layout: null, savedAt: null });
  await mine.save({ runId: RUN, layout: { pinned: ["loss"] } });
  const layout = { pinned: ["lr", "loss"], order: ["lr"], hidden: ["grad_norm"], smoothing: 0.9 };
  await mine.save({ runId: RUN, layout });
  expect((await mine.read({ runId: RUN })).layout).toEqual({ ...layout, folded: [] });
  const others = callerFor(database, other).walls;
  expect((await others.read({ runId: RUN })).layout).toBe(null);
});

test("an arrangement that a newer version no longer understands counts as none", async () => {
  const member = await createMember(database.db);
  const row = { memberId: member.memberId, runId: RUN, layout: { pinned: "loss" } };
  await database.db.wallLayout.create({ data: row });
  const { walls } = callerFor(database, member);
  expect(await walls.read({ runId: RUN })).toEqual({ layout: null, savedAt: null });
});

test("visitors keep theirs in the browser, and an unknown run has none", async () => {
  await expect(callerFor(database, null).walls.read({ runId: RUN })).rejects.toThrow();
  const { walls } = callerFor(database, await createMember(database.db));
  await expect(walls.save({ runId: "run_none", layout: {} })).rejects.toThrow("no such run");
});
