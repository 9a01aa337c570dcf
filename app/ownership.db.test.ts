// The other half of the ledger: what a member may call, an other member may call too, but not on somebody else's things.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemberActor } from "#server/auth/actor.ts";
import { issueLink } from "#server/members/issue-link.ts";
import { appRouter } from "#server/root.ts";
import { type TestDatabase, testDatabase } from "#server/testing/database.ts";
import { callerFor, createMember } from "#server/testing/members.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

type Caller = ReturnType<typeof callerFor>;
/** Makes something that belongs to `owner`; answers how to touch it and what it looks like. */
type Probe = (
  owner: MemberActor,
  as: (actor: MemberActor) => Caller,
) => Promise<{ touch: (caller: Caller) => Promise<unknown>; look: () => Promise<unknown> }>;

async function writePost(caller: Caller): Promise<number> {
  const post = { category: "tools", title: "Somebody's thread", body: "As it was." } as const;
  return (await caller.forum.create({ ...post, question: true })).id;
}

const PROSE = "Twenty letters at the very least, and then some more of them.";
const PROPOSAL = {
  category: "methods",
  title: "Somebody's proposal",
  ...{ problem: PROSE, proposal: PROSE, effect: PROSE, measure: PROSE, gpuHours: 1, data: null },
} as const;

const draft = async (caller: Caller): Promise<number> =>
  (await caller.initiatives.saveDraft(PROPOSAL)).id;

const lookAt = (id: number) =>
  database.db.initiative.findMany({ where: { id }, include: { versions: true } });

const APPLICATION = {
  ...{ title: "Somebody's application", summary: "It does something.", body: "" },
  ...{ usesId: null, repository: null, demo: null, tags: [] },
};

async function probeShowcase(
  owner: MemberActor,
  as: (actor: MemberActor) => Caller,
  touch: (caller: Caller, id: number) => Promise<unknown>,
) {
  const { id } = await as(owner).showcase.submit({ ...APPLICATION, stage: "idea" });
  return {
    touch: (caller: Caller) => touch(caller, id),
    look: () => database.db.showcase.findMany({ where: { id } }),
  };
}

/** Every call by which a member changes something: it names nothing but one's own, adds something, or is probed. */
const CHANGES: Record<string, "own" | "adds" | Probe> = {
  "members.factor.start": "own",
  "members.factor.remove": "own",
  "members.factor.renewCodes": "own",
  "members.github.link": "own",
  "members.github.unlink": "own",
  "members.profile.saveSettings": "own",
  "members.data.askExport": "own",
  "members.data.deleteAccount": "own",
  "licences.accept": "own",
  "members.data.createToken": "adds",
  "members.data.revokeToken": async (owner, as) => {
    const { id } = await as(owner).members.data.createToken({ label: "mine", scope: "download" });
    return {
      touch: (caller) => caller.members.data.revokeToken({ id }),
      look: () => database.db.apiToken.findMany({ where: { memberId: owner.memberId } }),
    };
  },
  "members.mail.ask": "own",
  "members.mail.confirm": async (owner) => {
    const link = await issueLink(database.db, {
      ...{ purpose: "change_email", email: `new-${owner.name}@example.org`, language: "en" },
      ...{ memberId: owner.memberId, origin: "https://portal.example", now: Date.now() },
    });
    const secret = link.split("#")[1] ?? "";
    return {
      touch: (caller) => caller.members.mail.confirm({ secret }),
      look: () => database.db.member.findMany({ where: { id: owner.memberId } }),
    };
  },
  "members.endOtherSessions": "own",
  "members.changePassword": "own",
  "members.endSession": async (owner) => ({
    touch: (caller) => caller.members.endSession({ id: owner.sessionId }),
    look: () => database.db.session.findMany({ where: { memberId: owner.memberId } }),
  }),
  "showcase.submit": "adds",
  "showcase.heart": "own",
  "showcase.revise": (owner, as) =>
    probeShowcase(owner, as, (caller, id) => caller.showcase.revise({ ...APPLICATION, id })),
  "showcase.moveStage": (owner, as) =>
    probeShowcase(owner, as, (caller, id) => caller.showcase.moveStage({ id, stage: "code" })),
  "showcase.withdraw": (owner, as) =>
    probeShowcase(owner, as, (caller, id) => caller.showcase.withdraw({ id })),
  "walls.save": "own",
  "alerts.save": "own",
  "alerts.remove": "own",
  "alerts.test": "own",
  "forum.markRead": "own",
  "forum.follow": "own",
  "forum.saveDraft": "own",
  "forum.dropDraft": "own",
  "forum.create": "adds",
  "forum.reply": "adds",
  "forum.react": "adds",
  "forum.edit": async (owner, as) => {
    const postId = await writePost(as(owner));
    return {
      touch: (caller) => caller.forum.edit({ postId, body: "As it is not.", edits: 0 }),
      look: () => database.db.forumPost.findMany({ where: { authorId: owner.memberId } }),
    };
  },
  "forum.remove": async (owner, as) => {
    const first = await writePost(as(owner));
    const { threadId } = await database.db.forumPost.findUniqueOrThrow({ where: { id: first } });
    // In other words: the same ones again would wait for a moderator.
    const { id: postId } = await as(owner).forum.reply({ threadId, body: "As it still was." });
    return {
      touch: (caller) => caller.forum.remove({ postId }),
      look: () => database.db.forumPost.findMany({ where: { authorId: owner.memberId } }),
    };
  },
  "moderation.withdraw": async (owner, as) => {
    const first = await writePost(as(owner));
    const { threadId, body } = await database.db.forumPost.findUniqueOrThrow({
      where: { id: first },
    });
    // The same words again wait for a moderator.
    const { id: postId } = await as(owner).forum.reply({ threadId, body });
    return {
      touch: (caller) => caller.moderation.withdraw({ postId }),
      look: () => database.db.moderationCase.findMany({ where: { postId } }),
    };
  },
  "forum.accept": async (owner, as) => {
    const postId = await writePost(as(owner));
    const { threadId } = await database.db.forumPost.findUniqueOrThrow({ where: { id: postId } });
    const answer = await as(owner).forum.reply({ threadId, body: "An answer." });
    return {
      touch: (caller) => caller.forum.accept({ postId: answer.id, on: true }),
      look: () => database.db.forumThread.findMany({ where: { id: threadId } }),
    };
  },
  "notifications.mark": async (owner) => {
    const { id } = await database.db.notification.create({
      data: {
        ...{ memberId: owner.memberId, kind: "role-granted", data: { role: "volunteer" } },
        ...{ subjectType: "member", subjectId: owner.memberId, url: "/account" },
      },
    });
    return {
      touch: (caller) => caller.notifications.mark({ id: String(id) }),
      look: async () => {
        const { readAt } = await database.db.notification.findUniqueOrThrow({ where: { id } });
        return { read: readAt !== null };
      },
    };
  },
  "moderation.flag": "adds",
  "moderation.appeal": async (owner) => {
    const moderator = await createMember(database.db, { roles: ["moderator"] });
    const act = { kind: "warn", memberId: owner.memberId, actorId: moderator.memberId };
    const { id: actId } = await database.db.moderationAct.create({
      data: { ...act, id: `act_${owner.memberId}`, reason: "A warning.", decision: 1 },
    });
    const text = "I did not do what is said there.";
    return {
      touch: (caller) => caller.moderation.appeal({ actId, text }),
      look: async () => ({
        appeals: await database.db.moderationAppeal.count({ where: { actId } }),
      }),
    };
  },
  "initiatives.vote": "adds",
  "initiatives.predict": "adds",
  "initiatives.raiseConcern": "adds",
  "initiatives.saveDraft": async (owner, as) => {
    const id = await draft(as(owner));
    return {
      touch: (caller) => caller.initiatives.saveDraft({ ...PROPOSAL, title: "Another title", id }),
      look: () => lookAt(id),
    };
  },
  "initiatives.publish": async (owner, as) => {
    const id = await draft(as(owner));
    return { touch: (caller) => caller.initiatives.publish({ id }), look: () => lookAt(id) };
  },
  "initiatives.revise": async (owner, as) => {
    const id = await draft(as(owner));
    await as(owner).initiatives.publish({ id });
    const { category: _, ...text } = PROPOSAL;
    const revision = { ...text, id, version: 1, note: "Not mine." };
    return {
      touch: (caller) => caller.initiatives.revise(revision),
      look: () => lookAt(id),
    };
  },
  "initiatives.withdraw": async (owner, as) => {
    const id = await draft(as(owner));
    await as(owner).initiatives.publish({ id });
    const reason = "Because I can, perhaps.";
    return {
      touch: (caller) => caller.initiatives.withdraw({ id, reason }),
      look: () => lookAt(id),
    };
  },
  "initiatives.resolveConcern": async (owner, as) => {
    const id = await draft(as(owner));
    await as(owner).initiatives.publish({ id });
    await as(owner).initiatives.raiseConcern({
      ...{ id, title: "A concern", text: "Words about what worries me." },
    });
    const concern = await database.db.initiativeConcern.findFirstOrThrow({
      where: { initiativeId: id },
    });
    return {
      touch: (caller) =>
        caller.initiatives.resolveConcern({
          ...{ concernId: concern.id, resolution: "It is nothing, say I." },
        }),
      look: () => database.db.initiativeConcern.findMany({ where: { id: concern.id } }),
    };
  },
};

type Declared = { _def: { type: string; meta?: { access?: unknown } } };
const changing = Object.entries(appRouter._def.procedures as unknown as Record<string, Declared>)
  .filter(([, { _def }]) => _def.type === "mutation")
  .filter(([, { _def }]) => ["account", "member", "voice"].includes(String(_def.meta?.access)))
  .map(([name]) => name);

test("every call by which members change something says whose things it can touch", () => {
  expect(changing.filter((name) => CHANGES[name] === undefined)).toEqual([]);
  expect(Object.keys(CHANGES).filter((name) => !changing.includes(name))).toEqual([]);
});

const probes = Object.entries(CHANGES).filter(
  (entry): entry is [string, Probe] => typeof entry[1] === "function",
);

const text = (value: unknown) => JSON.stringify(value);

test.each(probes)(
  "%s does nothing to an other member's things, and something to one's own",
  async (_name, probe) => {
    const [owner, other] = [await createMember(database.db), await createMember(database.db)];
    const { touch, look } = await probe(owner, (actor) => callerFor(database, actor));
    const before = text(await look());
    expect(before.length).toBeGreaterThan(2);
    await touch(callerFor(database, other)).catch(() => undefined);
    expect(text(await look())).toBe(before);
    // The same call does something when it is the owner's: what is refused above is a real call.
    await touch(callerFor(database, owner));
    expect(text(await look())).not.toBe(before);
  },
);
