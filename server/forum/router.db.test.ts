import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const writer = async () => {
  const actor = await createMember(database.db, { trust: 4 });
  return callerFor(database, actor);
};
const visitor = () => callerFor(database, null);
const TEXT = { category: "engineering", title: "Loss spikes", body: "At step 400." } as const;

test("a thread is opened, answered and read by visitors stretch by stretch", async () => {
  const [ada, bo] = [await writer(), await writer()];
  const { threadId } = await ada.forum.create({ ...TEXT, tags: ["spike"] });
  await bo.forum.reply({ threadId, body: "Which batch?" });
  const first = await visitor().forum.read({ id: threadId, limit: 1 });
  expect(first).toMatchObject({ replies: 1, people: 2, next: 2 });
  const rest = await visitor().forum.read({ id: threadId, from: first.next ?? 0 });
  expect(rest.posts.map(({ body }) => body)).toEqual(["Which batch?"]);
  expect(rest.next).toBeNull();
  const { found } = await visitor().search.find({ q: "batch" });
  expect(found.map(({ title }) => title)).toEqual([TEXT.title]);
});

test("lists narrow by category, tag and open questions, and their pages have no holes", async () => {
  const ada = await writer();
  const opened: number[] = [];
  for (const question of [false, true, true]) {
    const { threadId } = await ada.forum.create({
      ...{ ...TEXT, question },
      category: "tools",
      tags: ["paging"],
    });
    opened.unshift(threadId);
  }
  // The same moment for all: only the number tells them apart.
  const bumpedAt = new Date("2026-11-01T00:00:00Z");
  await database.db.forumThread.updateMany({ where: { id: { in: opened } }, data: { bumpedAt } });
  await database.db.forumTagged.updateMany({ where: { tag: "paging" }, data: { bumpedAt } });
  const walk = async (filter: object) => {
    const ids: number[] = [];
    let next: { at: number; id: number } | undefined;
    do {
      const page = await visitor().forum.list({ ...filter, limit: 1, next });
      ids.push(...page.threads.map(({ id }) => id));
      next = page.next ?? undefined;
    } while (next !== undefined);
    return ids;
  };
  expect(await walk({ category: "tools" })).toEqual(opened);
  expect(await walk({ tag: "paging" })).toEqual(opened);
  expect(await walk({ unanswered: true })).toEqual(opened.slice(0, 2));
  expect(await walk({ category: "academic" })).toEqual([]);
});

test("an edit keeps the former text for all to see, and a late one is refused", async () => {
  const [ada, bo] = [await writer(), await writer()];
  const { id } = await ada.forum.create(TEXT);
  await ada.forum.edit({ postId: id, body: "At step 410.", edits: 0 });
  await expect(ada.forum.edit({ postId: id, body: "Other.", edits: 0 })).rejects.toThrow(
    "edited meanwhile",
  );
  await expect(bo.forum.edit({ postId: id, body: "Mine.", edits: 1 })).rejects.toThrow("author");
  const { texts } = await visitor().forum.history({ postId: id });
  expect(texts.map(({ body }) => body)).toEqual(["At step 400.", "At step 410."]);
  const { found } = await visitor().search.find({ q: "410" });
  expect(found).toHaveLength(1);
});

test("visitors and silenced members do not write, and hidden threads are not read", async () => {
  const silenced = await createMember(database.db, { silencedUntil: new Date("2099-01-01") });
  await expect(visitor().forum.create(TEXT)).rejects.toThrow();
  await expect(callerFor(database, silenced).forum.create(TEXT)).rejects.toThrow();
  const { threadId, id } = await (await writer()).forum.create(TEXT);
  await database.db.forumThread.update({ where: { id: threadId }, data: { state: "hidden" } });
  await expect(visitor().forum.read({ id: threadId })).rejects.toThrow("not there");
  await expect(visitor().forum.history({ postId: id })).rejects.toThrow("not there");
});
