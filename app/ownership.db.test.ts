// The other half of the ledger: what a member may call, an other member may call too, but not on somebody else's things.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemberActor } from "#server/auth/actor.ts";
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
  "members.data.createToken": "adds",
  "members.data.revokeToken": async (owner, as) => {
    const { id } = await as(owner).members.data.createToken({ label: "mine", scope: "download" });
    return {
      touch: (caller) => caller.members.data.revokeToken({ id }),
      look: () => database.db.apiToken.findMany({ where: { memberId: owner.memberId } }),
    };
  },
  "members.endOtherSessions": "own",
  "members.changePassword": "own",
  "members.endSession": async (owner) => ({
    touch: (caller) => caller.members.endSession({ id: owner.sessionId }),
    look: () => database.db.session.findMany({ where: { memberId: owner.memberId } }),
  }),
  "forum.create": "adds",
  "forum.reply": "adds",
  "forum.react": "adds",
  "forum.edit": async (owner, as) => {
    const { id: postId } = await as(owner).forum.create({
      category: "tools",
      title: "Somebody's thread",
      body: "As it was.",
    });
    return {
      touch: (caller) => caller.forum.edit({ postId, body: "As it is not.", edits: 0 }),
      look: () => database.db.forumPost.findMany({ where: { authorId: owner.memberId } }),
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

test.each(probes)("%s does nothing to an other member's things", async (_name, probe) => {
  const [owner, other] = [await createMember(database.db), await createMember(database.db)];
  const { touch, look } = await probe(owner, (actor) => callerFor(database, actor));
  const before = JSON.stringify(await look());
  expect(before.length).toBeGreaterThan(2);
  await touch(callerFor(database, other)).catch(() => undefined);
  expect(JSON.stringify(await look())).toBe(before);
});
