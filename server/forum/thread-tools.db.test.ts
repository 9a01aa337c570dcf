import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";

let database: TestDatabase;
type Caller = ReturnType<typeof callerFor>;
let ada: Caller;
let bo: Caller;
let moderator: Caller;
beforeAll(async () => {
  database = await testDatabase();
  ada = callerFor(database, await createMember(database.db, { trust: 4 }));
  bo = callerFor(database, await createMember(database.db, { trust: 4 }));
  moderator = callerFor(database, await createMember(database.db, { roles: ["moderator"] }));
});
afterAll(() => database.close());

const TEXT = { category: "engineering", title: "Loss spikes", body: "First." } as const;
const reason = "It belongs there.";
const open = async (...replies: string[]) => {
  const { threadId } = await ada.forum.create({ ...TEXT, tags: ["spike"] });
  for (const body of replies) {
    await bo.forum.reply({ threadId, body });
  }
  return threadId;
};
const texts = async (id: number) =>
  (await ada.forum.read({ id })).posts.map(({ number, body }) => `${number} ${body}`);
const logged = async () =>
  (await database.db.moderationAct.findMany({ orderBy: { decision: "desc" } }))[0];

test("only moderators use the tools, and always with a reason", async () => {
  const threadId = await open();
  await expect(ada.forum.tools.pin({ threadId, on: true, reason })).rejects.toThrow("moderator");
  await expect(moderator.forum.tools.pin({ threadId, on: true, reason: " " })).rejects.toThrow(
    "reason",
  );
});

test("a pinned thread stands above its list and once", async () => {
  const threadId = await open();
  await open();
  await moderator.forum.tools.pin({ threadId, on: true, reason });
  const { pinned, threads } = await ada.forum.list({ category: "engineering" });
  expect(pinned.map(({ id }) => id)).toEqual([threadId]);
  expect(threads.map(({ id }) => id)).not.toContain(threadId);
  await moderator.forum.tools.pin({ threadId, on: false, reason });
  expect((await ada.forum.list({})).pinned).toEqual([]);
  expect(await logged()).toMatchObject({ kind: "unpin", threadId, reason });
});

test("a locked thread takes nothing, and an opened one does again", async () => {
  const threadId = await open();
  await moderator.forum.tools.lock({ threadId, on: true, reason });
  await expect(bo.forum.reply({ threadId, body: "Late." })).rejects.toThrow("closed");
  await moderator.forum.tools.lock({ threadId, on: false, reason });
  await bo.forum.reply({ threadId, body: "In time." });
});

test("a moved thread is listed and found where it now is", async () => {
  const threadId = await open("An okapi.");
  await moderator.forum.tools.move({ threadId, category: "tools", reason });
  expect((await ada.forum.list({ category: "tools" })).threads.map(({ id }) => id)).toEqual([
    threadId,
  ]);
  expect((await ada.search.find({ q: "in:tools okapi" })).found).toHaveLength(1);
  expect((await ada.search.find({ q: "in:engineering okapi" })).found).toHaveLength(0);
});

test("posts are split off into a thread of their own, where their addresses lead", async () => {
  const threadId = await open("Two.", "A quagga.", "Four.", "Five.");
  const split = { threadId, title: "Elsewhere", category: "academic", reason } as const;
  await expect(moderator.forum.tools.split({ ...split, numbers: [1, 2] })).rejects.toThrow("first");
  await expect(moderator.forum.tools.split({ ...split, numbers: [99] })).rejects.toThrow("stand");
  const made = await moderator.forum.tools.split({ ...split, numbers: [5, 3] });
  expect(await texts(made.threadId)).toEqual(["1 A quagga.", "2 Five."]);
  expect(await texts(threadId)).toEqual(["1 First.", "2 Two.", "4 Four."]);
  expect(await ada.forum.read({ id: threadId })).toMatchObject({ replies: 2, people: 2 });
  expect(await ada.forum.read({ id: made.threadId })).toMatchObject({ replies: 1, people: 1 });
  const { found } = await ada.search.find({ q: "in:academic quagga" });
  expect(found[0]?.url).toBe(`/forum/t/${made.threadId}#p1`);
  await bo.forum.reply({ threadId, body: "Six." });
  expect((await texts(threadId)).at(-1)).toBe("6 Six.");
});

test("a merged thread's posts stand at the end of the other, and its address leads there", async () => {
  const from = await open("A kudu.");
  const into = await open("Two.");
  await moderator.forum.tools.merge({ threadId: from, intoId: into, reason });
  expect(await texts(into)).toEqual(["1 First.", "2 Two.", "3 First.", "4 A kudu."]);
  expect((await ada.forum.read({ id: from })).mergedInto).toBe(into);
  const { found } = await ada.search.find({ q: "kudu" });
  expect(found[0]?.url).toBe(`/forum/t/${into}?from=4#p4`);
  await expect(
    moderator.forum.tools.merge({ threadId: into, intoId: from, reason }),
  ).rejects.toThrow("takes no posts");
});

test("fifty merges at once, both ways round, lose and double no post, and each is decided once", async () => {
  const [left, right] = [await open("L2.", "L3."), await open("R2.")];
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) =>
      moderator.forum.tools.merge(
        index % 2 === 0
          ? { threadId: left, intoId: right, reason }
          : { threadId: right, intoId: left, reason },
      ),
    ),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const posts = await database.db.forumPost.findMany({
    where: { threadId: { in: [left, right] } },
    select: { threadId: true, number: true },
  });
  expect(posts).toHaveLength(5);
  expect(new Set(posts.map(({ threadId }) => threadId)).size).toBe(1);
  expect(posts.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5]);
  expect(
    await database.db.moderationAct.count({ where: { threadId: { in: [left, right] } } }),
  ).toBe(1);
});
