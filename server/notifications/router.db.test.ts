import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";
import { notifyMembers } from "./notify-members.ts";
import { withdrawNotifications } from "./withdraw-notifications.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const tell = (memberId: string, id: string) =>
  notifyMembers(database.db, {
    memberIds: [memberId],
    kind: "reply",
    subject: { type: "post", id, url: `/forum/t/1#p${id}` },
    data: { author: "demo-ada", title: "A thread" },
  });

test("a member reads what they were told page by page, newest first, and nobody else's", async () => {
  const [ada, bo] = [await createMember(database.db), await createMember(database.db)];
  for (const id of ["1", "2", "3"]) {
    await tell(ada.memberId, id);
  }
  await tell(bo.memberId, "4");
  const { notifications } = callerFor(database, ada);
  const first = await notifications.list({ limit: 2 });
  expect(first.notifications.map(({ url }) => url)).toEqual(["/forum/t/1#p3", "/forum/t/1#p2"]);
  const rest = await notifications.list({ limit: 2, cursor: first.next ?? undefined });
  expect(rest.notifications.map(({ url }) => url)).toEqual(["/forum/t/1#p1"]);
  expect(rest.next).toBeNull();
  expect(await notifications.count()).toEqual({ count: 3 });
  await withdrawNotifications(database.db, { type: "post", id: "3" });
  expect(await notifications.count()).toEqual({ count: 2 });
});

test("marking up to one leaves what came later, and another's, unread", async () => {
  const [ada, bo] = [await createMember(database.db), await createMember(database.db)];
  for (const [who, id] of [
    [ada, "1"],
    [bo, "2"],
    [ada, "3"],
    [ada, "4"],
  ] as const) {
    await tell(who.memberId, id);
  }
  const { notifications } = callerFor(database, ada);
  const all = await notifications.list({});
  const second = all.notifications[1];
  await notifications.mark({ id: second?.id ?? "", upTo: true });
  const left = await notifications.list({ unread: true });
  expect(left.notifications.map(({ url }) => url)).toEqual(["/forum/t/1#p4"]);
  await notifications.mark({ id: left.notifications[0]?.id ?? "" });
  expect(await notifications.count()).toEqual({ count: 0 });
  expect(await callerFor(database, bo).notifications.count()).toEqual({ count: 1 });
});

test("a suspended member is still told", async () => {
  const ada = await createMember(database.db, { suspendedUntil: new Date("2099-01-01") });
  await tell(ada.memberId, "1");
  expect((await callerFor(database, ada).notifications.list({})).notifications).toHaveLength(1);
});
