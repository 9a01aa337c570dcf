import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createThread } from "./create-thread.ts";
import { createThreadFor } from "./create-thread-for.ts";
import { reactToPost } from "./react-to-post.ts";
import { storePost } from "./store-post.ts";

let database: TestDatabase;
const MEMBERS = Array.from({ length: 50 }, (_, index) => `mem_${index}`);
const NOW = Date.parse("2026-11-24T09:00:00Z");
const fifty = <T>(work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 50 }, (_, index) => work(index)));

beforeAll(async () => {
  database = await testDatabase();
  await database.db.member.createMany({
    data: MEMBERS.map((id) => ({ id, name: id, nameKey: id, trust: 2 })),
  });
});
afterAll(() => database.close());

const open = (sendKey?: string) =>
  createThread(database.db, {
    ...{ category: "engineering", title: "A thread", tags: ["spike"], question: false },
    ...{ body: "Text.", authorId: "mem_0", now: NOW, sendKey },
  });
const post = (threadId: number, authorId: string, sendKey?: string) =>
  database.db.$transaction(
    (tx) => storePost(tx, { threadId, authorId, body: "A reply.", sendKey, now: NOW }),
    { maxWait: 30_000, timeout: 30_000 },
  );

test("fifty identical threads sent at once are one", async () => {
  const opened = await fifty(() => open("thread-key-1"));
  expect(new Set(opened.map(({ threadId }) => threadId)).size).toBe(1);
  expect(await database.db.forumPost.count()).toBe(1);
});

test("fifty identical replies are one, fifty different ones are numbered without holes", async () => {
  const { threadId } = await open();
  await fifty(() => post(threadId, "mem_1", "reply-key-1"));
  expect(await database.db.forumPost.count({ where: { threadId } })).toBe(2);
  await fifty((index) => post(threadId, MEMBERS[index] ?? ""));
  const posts = await database.db.forumPost.findMany({
    where: { threadId },
    orderBy: { number: "asc" },
    select: { number: true },
  });
  expect(posts.map(({ number }) => number)).toEqual(Array.from({ length: 52 }, (_, at) => at + 1));
  const thread = await database.db.forumThread.findUniqueOrThrow({ where: { id: threadId } });
  expect(thread).toMatchObject({ lastNumber: 52, replies: 51, people: 50 });
});

test("a member's fifty equal reactions count once, and the count is that of the rows", async () => {
  const { id } = await open();
  const react = (memberId: string, on = true) =>
    reactToPost(database.db, { postId: id, memberId, kind: "helpful", on });
  await fifty(() => react("mem_1"));
  await Promise.all(MEMBERS.slice(1).map((memberId) => react(memberId)));
  await fifty(() => react("mem_2", false));
  const rows = await database.db.forumReaction.count({ where: { postId: id } });
  const { reactions } = await database.db.forumPost.findUniqueOrThrow({ where: { id } });
  expect({ rows, reactions }).toEqual({ rows: 48, reactions: { helpful: 48 } });
  await expect(react("mem_0")).rejects.toThrow("your own post");
});

test("a subject has one discussion, however often it is asked for", async () => {
  const subject = { kind: "initiatives", id: "7", title: "Longer context", authorId: "mem_0" };
  const made = await fifty(() =>
    database.db.$transaction((tx) => createThreadFor(tx, subject), { maxWait: 20_000 }),
  );
  expect(new Set(made).size).toBe(1);
});

test("a locked thread takes no post", async () => {
  const { threadId } = await open();
  await database.db.forumThread.update({
    where: { id: threadId },
    data: { lockedAt: new Date(NOW) },
  });
  await expect(post(threadId, "mem_3")).rejects.toThrow("closed to new posts");
});
