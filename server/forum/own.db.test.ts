import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const join = async (name?: string) => {
  const actor = await createMember(database.db, {
    trust: 4,
    ...(name === undefined ? {} : { name }),
  });
  const { forum, search } = callerFor(database, actor);
  return { forum, search, id: actor.memberId, name: actor.name };
};
const TEXT = { category: "engineering", title: "Loss spikes", body: "At step 400." } as const;
const told = async (memberId: string) =>
  (await database.db.notification.findMany({ where: { memberId }, orderBy: { id: "asc" } })).map(
    ({ kind, url }) => `${kind} ${url}`,
  );

test("each member hears of a post once: by name, by quotation, or because they follow", async () => {
  const [ada, bo, cy, dan] = [await join(), await join(), await join(), await join()];
  await dan.forum.follow({ of: { kind: "tag", target: "spike" }, level: "watching" });
  await cy.forum.follow({ of: { kind: "category", target: "engineering" }, level: "watching" });
  const { threadId } = await ada.forum.create({
    ...TEXT,
    tags: ["spike"],
    body: `Hello @${cy.name}`,
  });
  await bo.forum.reply({ threadId, body: "One." });
  await cy.forum.reply({
    threadId,
    body: `> One.\n>\n> [${bo.name}](/forum/t/${threadId}?from=2#p2)\n\n@${ada.name} see.`,
  });
  expect(await told(dan.id)).toEqual([`thread /forum/t/${threadId}#p1`]);
  expect(await told(cy.id)).toEqual([`mention /forum/t/${threadId}#p1`]);
  expect(await told(bo.id)).toEqual([`quote /forum/t/${threadId}?from=3#p3`]);
  expect(await told(ada.id)).toEqual([
    `reply /forum/t/${threadId}?from=2#p2`,
    `mention /forum/t/${threadId}?from=3#p3`,
  ]);
});

test("a muted thread tells nothing", async () => {
  const [ada, bo] = [await join(), await join()];
  const { threadId } = await ada.forum.create(TEXT);
  const of = { kind: "thread", target: String(threadId) } as const;
  await ada.forum.follow({ of, level: "muted" });
  await bo.forum.reply({ threadId, body: "One." });
  expect(await told(ada.id)).toEqual([]);
  expect((await ada.forum.read({ id: threadId })).follow).toBe("muted");
  expect(await ada.forum.follow({ of, level: null })).toEqual({ level: null });
});

test("reading is noted per member, never goes back, and lists what has gone on since", async () => {
  const [ada, bo] = [await join(), await join()];
  const { threadId } = await ada.forum.create(TEXT);
  await bo.forum.markRead({ threadId, readTo: 1 });
  for (const body of ["One.", "Two."]) {
    await ada.forum.reply({ threadId, body });
  }
  expect((await bo.forum.unread({})).threads.map(({ id }) => id)).toEqual([threadId]);
  await Promise.all([3, 99, 2].map((readTo) => bo.forum.markRead({ threadId, readTo })));
  expect((await bo.forum.read({ id: threadId })).readTo).toBe(3);
  expect((await bo.forum.unread({})).threads).toEqual([]);
  expect((await callerFor(database, null).forum.read({ id: threadId })).readTo).toBeNull();
});

test("a draft follows its author from device to device and never overwrites what it has not seen", async () => {
  const ada = await join();
  const place = "new";
  const first = await ada.forum.saveDraft({ place, title: "T", body: "Half", version: 0 });
  const seen = await ada.forum.draft({ place });
  expect(seen.draft).toMatchObject({ title: "T", body: "Half", version: first.version });
  const second = await ada.forum.saveDraft({ place, body: "Half a", version: first.version });
  await expect(
    ada.forum.saveDraft({ place, body: "Other", version: first.version }),
  ).rejects.toThrow("another window");
  expect(second.version).toBeGreaterThan(first.version);
  await ada.forum.create(TEXT);
  expect((await ada.forum.draft({ place })).draft).toBeNull();
});

test("who asked accepts an answer, and whoever answered is told", async () => {
  const [ada, bo] = [await join(), await join()];
  const { threadId, id } = await ada.forum.create({ ...TEXT, question: true });
  const answer = await bo.forum.reply({ threadId, body: "It was the batch." });
  await expect(bo.forum.accept({ postId: answer.id, on: true })).rejects.toThrow("Who asked");
  await expect(ada.forum.accept({ postId: id, on: true })).rejects.toThrow("Only a reply");
  await ada.forum.accept({ postId: answer.id, on: true });
  const page = await ada.forum.read({ id: threadId });
  expect([page.answered, page.answer?.number]).toEqual([true, 2]);
  expect((await told(bo.id))[0]).toContain("accepted");
  await ada.forum.accept({ postId: answer.id, on: false });
  expect((await ada.forum.read({ id: threadId })).answer).toBeNull();
});

test("an edit of the first post gives the thread its new title and tags, and the history keeps the old", async () => {
  const ada = await join();
  const { id, threadId } = await ada.forum.create({ ...TEXT, tags: ["old"] });
  await ada.forum.edit({ postId: id, body: "New.", title: "Renamed", tags: ["NEW"], edits: 0 });
  const page = await ada.forum.read({ id: threadId });
  expect([page.title, page.tags]).toEqual(["Renamed", ["new"]]);
  const { texts } = await ada.forum.history({ postId: id });
  expect(texts.map(({ title }) => title)).toEqual(["Loss spikes", "Renamed"]);
  const ids = async (q: string) =>
    (await ada.search.find({ q })).found.map(({ subjectId }) => Number(subjectId));
  expect(await ids("tag:new")).toEqual([id]);
  expect(await ids("tag:old")).toEqual([]);
});

test("a removed post keeps its place without its text, and is not found", async () => {
  const [ada, bo] = [await join(), await join()];
  const { threadId } = await ada.forum.create(TEXT);
  const { id } = await bo.forum.reply({ threadId, body: "Zebra." });
  await expect(ada.forum.remove({ postId: id })).rejects.toThrow("no such post of yours");
  await bo.forum.remove({ postId: id });
  const page = await ada.forum.read({ id: threadId });
  expect(page.posts[1]).toMatchObject({ state: "removed", body: "", number: 2 });
  expect(page.replies).toBe(0);
  expect((await ada.search.find({ q: "zebra" })).found).toEqual([]);
  expect(await told(ada.id)).toHaveLength(1);
});

test("names are completed from the thread first, then from everyone", async () => {
  const [ada] = [await join("zed-ada"), await join("zed-abe"), await join("zeb")];
  const { threadId } = await ada.forum.create(TEXT);
  expect((await ada.forum.names({ start: "Zed", threadId })).names).toEqual(["zed-ada", "zed-abe"]);
});

test("a post that cites a span of a run is found from any step that the span meets", async () => {
  const ada = await join();
  await database.pool.query(`insert into "Project" (id) values ('p')`);
  await database.pool.query(
    `insert into "Run" (id, "projectId", name, config, planned, attempt) values ('run_1', 'p', 'n', '{}', '{}', 1)`,
  );
  const { threadId, id } = await ada.forum.create({
    ...TEXT,
    body: "/runs/run_1?from=10&to=20\n\n/runs/run_unknown",
  });
  const { threadId: open } = await ada.forum.create({ ...TEXT, body: "See /runs/run_1?from=30" });
  const citing = async (from: number, to: number) =>
    (await ada.forum.citing({ runId: "run_1", from, to })).citing.map((one) => one.threadId);
  expect(await citing(0, 9)).toEqual([]);
  expect(await citing(20, 25)).toEqual([threadId]);
  expect(await citing(15, 99)).toEqual([open, threadId]);
  await ada.forum.edit({ postId: id, body: "Nothing.", edits: 0 });
  expect(await citing(15, 20)).toEqual([]);
});
