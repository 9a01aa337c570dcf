import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const OFFER = {
  kind: "compute",
  name: "A computing centre",
  contact: "desk@centre.example",
  body: "Two hundred hours on eight devices in December.",
  language: "en",
} as const;

test("a visitor's offer reaches the admins alone, and is thanked for in public only with consent", async () => {
  const visitor = callerFor(database, null);
  const admin = await createMember(database.db, { roles: ["admin"], twoFactor: true });
  const member = await createMember(database.db, {});
  const quiet = await visitor.support.offer({ ...OFFER, thanksName: null });
  const loud = await visitor.support.offer({ ...OFFER, thanksName: "The centre" });
  await expect(callerFor(database, member).support.offers({})).rejects.toThrow();
  const as = callerFor(database, admin);
  expect((await as.support.offers({})).offers.map(({ id }) => id)).toEqual([quiet.id, loud.id]);
  expect((await as.notifications.list({})).notifications.length).toBe(2);
  const what = { en: "200 hours of compute", zh: "200 小时算力" };
  await expect(as.support.thank({ id: loud.id, what })).rejects.toThrow("accepted");
  for (const { id } of [quiet, loud]) {
    await as.support.change({ id, state: "accepted", note: "" });
  }
  await expect(as.support.thank({ id: quiet.id, what })).rejects.toThrow("agreed");
  await as.support.thank({ id: loud.id, what });
  const { thanks } = await visitor.support.thanks();
  expect(thanks).toMatchObject([{ name: "The centre", kind: "compute", what }]);
  await as.support.unthank({ number: thanks[0]?.number ?? 0, reason: "The giver asks for it." });
  expect((await visitor.support.thanks()).thanks).toEqual([]);
});

test("the public decision log names no giver", async () => {
  const rows = await database.db.$queryRaw<{ text: string }[]>`
    select d::text as text from "Decision" d`;
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ text }) => /centre/i.test(text))).toEqual([]);
});
