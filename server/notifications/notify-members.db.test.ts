import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "../platform/notify.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMember } from "../testing/members.ts";
import { NOTIFICATION_CHANNEL } from "./contract.ts";
import { notifyMembers } from "./notify-members.ts";
import { withdrawNotifications } from "./withdraw-notifications.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test("each member is told once, in the transaction; the deleted and those who muted the kind are not", async () => {
  const { db } = database;
  const [told, muted, gone] = [
    await createMember(db),
    await createMember(db),
    await createMember(db),
  ];
  await db.notificationMute.create({
    data: { memberId: muted.memberId, kind: "mention", medium: "app" },
  });
  await db.member.update({ where: { id: gone.memberId }, data: { deletedAt: new Date() } });
  const heard: string[] = [];
  let connected = false;
  const listener = listen({
    url: database.url,
    channel: NOTIFICATION_CHANNEL,
    onMessage: (memberId) => heard.push(memberId),
    onConnect: () => {
      connected = true;
    },
  });
  await expect.poll(() => connected).toBe(true);
  const subject = { type: "post", id: "7", url: "/forum/t/1#p-7" };
  const memberIds = [told, told, muted, gone].map((member) => member.memberId);
  const count = await db.$transaction((tx) =>
    notifyMembers(tx, { memberIds, kind: "mention", subject, data: { author: "a", title: "t" } }),
  );
  expect(count).toBe(1);
  await expect.poll(() => heard).toEqual([told.memberId]);
  const rows = () => db.notification.findMany({ select: { memberId: true, withdrawnAt: true } });
  expect(await rows()).toEqual([{ memberId: told.memberId, withdrawnAt: null }]);
  await withdrawNotifications(db, subject);
  expect((await rows())[0]?.withdrawnAt).toBeInstanceOf(Date);
  await listener.close();
});
