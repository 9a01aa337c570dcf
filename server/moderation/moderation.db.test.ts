import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";
import { tellModerators } from "./tell-moderators.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const join = async (options: Parameters<typeof createMember>[1] = { trust: 4 }) => {
  const actor = await createMember(database.db, options);
  const { forum, moderation, notifications, search } = callerFor(database, actor);
  return { forum, moderation, notifications, search, id: actor.memberId };
};
const moderator = () => join({ roles: ["moderator"], trust: 4 });
const told = async (memberId: string) =>
  (await database.db.notification.findMany({ where: { memberId }, orderBy: { id: "asc" } })).map(
    ({ kind }) => kind,
  );
const fifty = <T>(work: (index: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: 50 }, (_, index) => work(index)));

/** A reply by its author that somebody has flagged, and its open case. */
async function flagged() {
  const [ada, bo] = [await join(), await join()];
  const { threadId } = await ada.forum.create({
    ...{ category: "tools", title: "A thread", body: "First." },
  });
  const { id } = await bo.forum.reply({ threadId, body: "An aardwolf." });
  await ada.moderation.flag({ postId: id, reason: "spam" });
  const open = await database.db.moderationCase.findFirstOrThrow({ where: { postId: id } });
  return { ada, bo, threadId, postId: id, caseId: open.id, version: open.version };
}

test("a flagged post waits in the queue, with its reasons", async () => {
  const { postId, bo } = await flagged();
  const judge = await moderator();
  await judge.moderation.flag({ postId, reason: "spam", note: "Look." });
  const { cases } = await judge.moderation.queue({ limit: 50 });
  const found = cases.find(({ post }) => post.id === postId);
  expect(found).toMatchObject({ source: "flag", post: { body: "An aardwolf." } });
  expect(found?.flags).toHaveLength(2);
  await expect(bo.moderation.flag({ postId, reason: "spam" })).rejects.toThrow("your own post");
  await expect(bo.moderation.queue({})).rejects.toThrow("moderator");
});

test("a hidden post is neither read nor found, its author is told, and an appeal to another brings it back", async () => {
  const { ada, bo, threadId, postId, caseId, version } = await flagged();
  const [one, other] = [await moderator(), await moderator()];
  await one.moderation.decide({ caseId, version, outcome: "hide", reason: "It is an advert." });
  expect((await ada.forum.read({ id: threadId })).posts[1]).toMatchObject({
    ...{ state: "hidden", body: "" },
  });
  const found = async () =>
    (await ada.search.find({ q: "aardwolf", limit: 50 })).found.map((one) => Number(one.subjectId));
  expect(await found()).not.toContain(postId);
  expect(await told(bo.id)).toEqual(["post-hidden"]);
  const [act] = (await bo.moderation.mine()).acts;
  expect(act).toMatchObject({ kind: "hide", mayAppeal: true, reason: "It is an advert." });
  await bo.moderation.appeal({ actId: act?.id ?? "", text: "It names an animal." });
  await expect(
    bo.moderation.appeal({ actId: act?.id ?? "", text: "It names an animal." }),
  ).rejects.toThrow("already");
  const [appeal] = (await other.moderation.appeals()).appeals;
  const decision = { appealId: appeal?.id ?? "", overturn: true, answer: "It does." };
  await expect(one.moderation.decideAppeal(decision)).rejects.toThrow("Another moderator");
  await other.moderation.decideAppeal(decision);
  expect((await ada.forum.read({ id: threadId })).posts[1]?.body).toBe("An aardwolf.");
  expect(await found()).toContain(postId);
  expect(await told(bo.id)).toEqual(["post-hidden", "appeal-decided"]);
});

test("a case that changed since it was looked at is not decided", async () => {
  const { postId, caseId, version } = await flagged();
  const judge = await moderator();
  await (await join()).moderation.flag({ postId, reason: "harm" });
  await expect(
    judge.moderation.decide({ caseId, version, outcome: "hide", reason: "Old news." }),
  ).rejects.toThrow("since you looked");
});

test("whoever is limited is told, cannot write until then, and can appeal while suspended", async () => {
  const [ada, judge, other] = [await join(), await moderator(), await moderator()];
  await judge.moderation.limit({ memberId: ada.id, kind: "silence", days: 3, reason: "Flooding." });
  const { silencedUntil } = await database.db.member.findUniqueOrThrow({ where: { id: ada.id } });
  expect(silencedUntil?.getTime()).toBeGreaterThan(Date.now() + 2 * 86_400_000);
  expect(await told(ada.id)).toEqual(["silenced"]);
  const [act] = (await ada.moderation.mine()).acts;
  await ada.moderation.appeal({ actId: act?.id ?? "", text: "I sent it twice by mistake." });
  const { appeals } = await other.moderation.appeals();
  const mine = appeals.find(({ act: { id } }) => id === act?.id);
  await other.moderation.decideAppeal({
    ...{ appealId: mine?.id ?? "", overturn: true, answer: "So it was." },
  });
  const after = await database.db.member.findUniqueOrThrow({ where: { id: ada.id } });
  expect(after.silencedUntil).toBeNull();
  await expect(
    judge.moderation.limit({ memberId: ada.id, kind: "suspend", reason: "No end." }),
  ).rejects.toThrow("how many days");
});

test("the log tells everyone what was done and why, and names nobody whom it concerns", async () => {
  const { acts } = await callerFor(database, null).moderation.log({});
  expect(acts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["hide", "silence"]));
  expect(JSON.stringify(acts)).not.toMatch(/mem_/);
});

test("fifty flags of one member count once, and those of fifty members open one case", async () => {
  const { postId, caseId } = await flagged();
  const ada = await join();
  await fifty(() => ada.moderation.flag({ postId, reason: "harm" }));
  const people = await Promise.all(Array.from({ length: 50 }, () => join()));
  await Promise.all(people.map((one) => one.moderation.flag({ postId, reason: "spam" })));
  expect(await database.db.moderationCase.count({ where: { postId } })).toBe(1);
  const { flags } = await database.db.moderationCase.findUniqueOrThrow({ where: { id: caseId } });
  expect(flags).toBe(52);
  expect(await database.db.moderationFlag.count({ where: { caseId } })).toBe(52);
});

test("of moderators who decide at once, one does, and the chain of decisions stays whole", async () => {
  const { caseId, version, postId } = await flagged();
  const judges = await Promise.all(Array.from({ length: 10 }, () => moderator()));
  const results = await fifty((index) =>
    pick(judges, index).moderation.decide({
      ...{ caseId, version, outcome: index % 2 === 0 ? "hide" : "dismiss", reason: "At once." },
    }),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await database.db.moderationAct.count({ where: { postId } })).toBe(1);
});

function pick<T>(all: T[], index: number): T {
  const one = all[index % all.length];
  if (one === undefined) {
    throw new Error("There is nobody to pick.");
  }
  return one;
}

test("a new member's first post waits, is shown when a moderator says so, and the next needs nobody", async () => {
  const [ada, judge] = [await join({ trust: 0 }), await moderator()];
  const first = await ada.forum.create({
    ...{ category: "tools", title: "My first", body: "A numbat." },
  });
  expect(first.held).toBe(true);
  await expect(judge.forum.read({ id: first.threadId })).rejects.toThrow("not there");
  expect((await ada.search.find({ q: "numbat" })).found).toEqual([]);
  expect(await told(ada.id)).toEqual(["post-held"]);
  const { cases } = await judge.moderation.queue({ limit: 50 });
  const waiting = cases.find(({ post }) => post.id === first.id);
  expect(waiting).toMatchObject({ source: "first", signals: ["the first post"] });
  await judge.moderation.decide({
    ...{ caseId: waiting?.id ?? "", version: waiting?.version ?? 0 },
    ...{ outcome: "approve", reason: "Welcome." },
  });
  expect((await judge.forum.read({ id: first.threadId })).posts[0]?.body).toBe("A numbat.");
  expect(await told(ada.id)).toEqual(["post-held", "post-released"]);
  expect((await ada.forum.reply({ threadId: first.threadId, body: "And more." })).held).toBe(false);
});

test("an author takes a waiting post back: it leaves the queue, its text is gone, and nobody else can", async () => {
  const [ada, bo, judge] = [await join({ trust: 0 }), await join(), await moderator()];
  const { id } = await ada.forum.create({
    ...{ category: "tools", title: "Too soon", body: "A pangolin." },
  });
  const waiting = (await judge.moderation.queue({ limit: 50 })).cases.find(
    ({ post }) => post.id === id,
  );
  expect((await ada.moderation.waiting()).posts).toMatchObject([{ id, body: "A pangolin." }]);
  await expect(bo.moderation.withdraw({ postId: id })).rejects.toThrow("of yours");
  await ada.moderation.withdraw({ postId: id });
  await expect(ada.moderation.withdraw({ postId: id })).rejects.toThrow("any more");
  expect((await ada.moderation.waiting()).posts).toEqual([]);
  expect((await ada.notifications.list({})).notifications).toEqual([]);
  const post = await database.db.forumPost.findUniqueOrThrow({ where: { id } });
  expect(post).toMatchObject({ state: "held", body: "" });
  await expect(
    judge.moderation.decide({
      ...{ caseId: waiting?.id ?? "", version: waiting?.version ?? 0 },
      ...{ outcome: "approve", reason: "Too late." },
    }),
  ).rejects.toThrow("since you looked");
});

test("a moderator lifts a limit with a reason, once, and it stands in the log", async () => {
  const [ada, judge] = [await join(), await moderator()];
  await judge.moderation.limit({ memberId: ada.id, kind: "suspend", days: 9, reason: "Flooding." });
  const act = (await ada.moderation.mine()).acts.at(0);
  const lift = { actId: act?.id ?? "", reason: "A misunderstanding." };
  await expect(ada.moderation.lift(lift)).rejects.toThrow("moderator");
  const results = await fifty(() => judge.moderation.lift(lift));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const member = await database.db.member.findUniqueOrThrow({ where: { id: ada.id } });
  expect(member.suspendedUntil).toBeNull();
  expect(await told(ada.id)).toEqual(["suspended", "limit-lifted"]);
  const [newest] = (await callerFor(database, null).moderation.log({})).acts;
  expect(newest).toMatchObject({ kind: "lift", reason: "A misunderstanding." });
  expect(await database.db.decision.count({ where: { number: newest?.decision ?? 0 } })).toBe(1);
});

test("moderators are told once that posts wait, and again when more came", async () => {
  const judge = await moderator();
  await flagged();
  expect(await tellModerators(database.db)).toBeGreaterThan(0);
  expect(await tellModerators(database.db)).toBe(0);
  expect(await told(judge.id)).toEqual(["review-waiting"]);
  await flagged();
  await Promise.all(Array.from({ length: 5 }, () => tellModerators(database.db)));
  const { notifications } = await judge.notifications.list({});
  const count = await database.db.moderationCase.count({ where: { state: "open" } });
  expect(notifications.map(({ data }) => data)).toEqual([{ count }]);
});
