import { createTranslator } from "next-intl";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import en from "../../messages/en/notifications.json" with { type: "json" };
import zh from "../../messages/zh/notifications.json" with { type: "json" };
import type { Mail } from "../auth/send-mail.ts";
import { createThread } from "../forum/create-thread.ts";
import { listFresh } from "../forum/list-fresh.ts";
import { NOTIFICATION_KINDS } from "../notifications/contract.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import { withdrawNotifications } from "../notifications/withdraw-notifications.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";
import { notificationSentence } from "./notification-sentence.ts";
import { sendDigest } from "./send-digest.ts";
import { unsubscribe } from "./unsubscribe.ts";
import { unsubscribeToken } from "./unsubscribe-token.ts";
import { planDigests } from "./workers.ts";

const KEY = Buffer.alloc(32, 7);
const DAY_MS = 86_400_000;
const FORUM = { title: { en: "New in the forum", zh: "论坛新主题" }, read: listFresh };

let database: TestDatabase;
let mails: Mail[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => {
  mails = [];
});
afterAll(() => database.close());

type Reader = Awaited<ReturnType<typeof createMember>>;

/** Somebody who gets a mail each day, and got the last one two days ago. */
async function reader(digest: "daily" | "weekly" = "daily", locale = "en"): Promise<Reader> {
  const member = await createMember(database.db);
  await database.db.member.update({
    where: { id: member.memberId },
    data: { digest, locale, digestSentAt: new Date(Date.now() - 8 * DAY_MS) },
  });
  return member;
}

const tell = ({ memberId }: Reader, id: string, kind: "reply" | "mention" = "reply") =>
  notifyMembers(database.db, {
    ...{ memberIds: [memberId], kind, data: { author: "demo-bo", title: `Thread\n${id}` } },
    subject: { type: "post", id, url: `/forum/t/1#p${id}` },
  });

const send = ({ memberId }: Reader, now = Date.now(), deliver?: (mail: Mail) => Promise<void>) =>
  sendDigest(
    {
      ...{ db: database.db, key: KEY, origin: "https://live.example", sections: [FORUM] },
      send: deliver ?? (async (mail) => void mails.push(mail)),
    },
    { memberId, now },
  );

describe("the mail", () => {
  test("holds what its reader has not read, nothing that was taken back or muted, and leaves once", async () => {
    const ada = await reader();
    for (const [id, kind] of [
      ["11", "reply"],
      ["12", "reply"],
      ["13", "mention"],
    ] as const) {
      await tell(ada, id, kind);
    }
    await withdrawNotifications(database.db, { type: "post", id: "12" });
    await database.db.notificationMute.create({
      data: { memberId: ada.memberId, kind: "mention", medium: "mail" },
    });
    const sent = await Promise.all(Array.from({ length: 5 }, () => send(ada)));
    expect(sent.filter(Boolean)).toHaveLength(1);
    const [mail] = mails;
    expect(mails).toHaveLength(1);
    expect(mail?.to).toBe(`${ada.name}@example.org`);
    expect(mail?.subject).toBe("What is new for you at CPM-Live (1)");
    expect(mail?.text).toContain(
      "- demo-bo replied in “Thread 11”.\n  https://live.example/en/forum/t/1#p11\n",
    );
    expect(mail?.text).not.toMatch(/Thread 12|Thread 13/);
    const link = `https://live.example/api/unsubscribe/${unsubscribeToken(KEY, ada.memberId)}`;
    expect(mail?.headers).toEqual({
      "List-Unsubscribe": `<${link}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
  });

  test("names new threads that everyone can read, and no other", async () => {
    const ada = await reader("weekly", "zh");
    const author = await createMember(database.db, { trust: 4 });
    const open = (title: string) =>
      createThread(database.db, {
        ...{ category: "tools", title, tags: [], question: false, body: "Text." },
        ...{ authorId: author.memberId, now: Date.now(), sendKey: undefined },
      });
    await open("A public thread");
    const { threadId } = await open("A hidden thread");
    await database.db.forumThread.update({ where: { id: threadId }, data: { state: "hidden" } });
    expect(await send(ada)).toBe(true);
    expect(mails[0]?.subject).toBe("CPM-Live 有新内容");
    expect(mails[0]?.text).toMatch(
      /论坛新主题\n- A public thread\n {2}https:\/\/live\.example\/zh\//,
    );
    expect(mails[0]?.text).not.toContain("A hidden thread");
  });

  test("does not come before it is due, without an address, or to those who did not ask", async () => {
    const ada = await reader();
    await database.db.member.update({
      where: { id: ada.memberId },
      data: { digestSentAt: new Date() },
    });
    await tell(ada, "21");
    expect(await send(ada)).toBe(false);
    expect(await send(ada, Date.now() + DAY_MS)).toBe(true);
    for (const data of [
      { digest: "never" },
      { emailVerifiedAt: null },
      { deletedAt: new Date() },
    ]) {
      const bo = await reader();
      await tell(bo, "22");
      await database.db.member.update({ where: { id: bo.memberId }, data });
      expect(await send(bo)).toBe(false);
    }
  });

  test("that did not leave is tried again, whole", async () => {
    const ada = await reader();
    await tell(ada, "31");
    const away = () => Promise.reject(new Error("The mail server is away."));
    await expect(send(ada, Date.now(), away)).rejects.toThrow("away");
    expect(await send(ada)).toBe(true);
    expect(mails[0]?.text).toContain("Thread 31");
  });

  test("is planned for everyone whose is due", async () => {
    const [ada, bo] = [await reader(), await createMember(database.db)];
    await planDigests(database.db, Date.now());
    const { rows } = await database.pool.query<{ id: string }>(
      `select data->>'memberId' as id from pgboss.job where name = 'digest/send'`,
    );
    const planned = rows.map(({ id }) => id);
    expect(planned).toContain(ada.memberId);
    expect(planned).not.toContain(bo.memberId);
  });
});

test("whoever turns the mails on is not sent the past", async () => {
  const ada = await createMember(database.db);
  await tell(ada, "41");
  const { profile } = callerFor(database, ada).members;
  const { language, bio, website, muted } = await profile.settings();
  await profile.saveSettings({ language, bio, website, muted, digest: "weekly" });
  expect(await send(ada)).toBe(false);
});

test("a link ends the mails of whom it was written for, and a forged one nobody's", async () => {
  const [ada, bo] = [await reader(), await reader()];
  const context = { db: database.db, key: KEY };
  const token = unsubscribeToken(KEY, ada.memberId);
  const forged = [
    ...["", ".", token.slice(0, -1), `${bo.memberId}.${token.split(".")[1]}`],
    unsubscribeToken(Buffer.alloc(32, 8), bo.memberId),
  ];
  for (const wrong of forged) {
    await expect(unsubscribe(context, { token: wrong })).rejects.toThrow("not whole");
  }
  await unsubscribe(context, { token });
  await unsubscribe(context, { token });
  const rhythms = await database.db.member.findMany({
    where: { id: { in: [ada.memberId, bo.memberId] } },
    select: { id: true, digest: true },
  });
  expect(new Map(rhythms.map(({ id, digest }) => [id, digest]))).toEqual(
    new Map([
      [ada.memberId, "never"],
      [bo.memberId, "daily"],
    ]),
  );
});

test.each(["en", "zh"] as const)("mails in %s say of every kind what its page says", (language) => {
  const words = createTranslator({ locale: language, messages: language === "en" ? en : zh });
  for (const [kind, names] of Object.entries(NOTIFICATION_KINDS)) {
    const data = Object.fromEntries(names.map((name) => [name, `(${name})`]));
    const shown = words(
      `notifications.text.${kind}` as "notifications.text.mention",
      data as never,
    );
    expect(notificationSentence(language, { kind, data })).toBe(shown);
  }
});
