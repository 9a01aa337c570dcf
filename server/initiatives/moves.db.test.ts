import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemberActor } from "../auth/actor.ts";
import { CHAIN_START, canonical } from "../decisions/contract.ts";
import { createThreadFor } from "../forum/create-thread-for.ts";
import { AppError } from "../platform/errors.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMember } from "../testing/members.ts";
import { assess } from "./assess/assess.ts";
import { answerAssignment, offerAssignment } from "./assess/assign.ts";
import { raiseConcern, resolveConcern } from "./assess/concerns.ts";
import { approve, decide, PLAIN_MOVES } from "./assess/decide.ts";
import { merge, unmerge } from "./assess/merge.ts";
import { supersede } from "./assess/supersede.ts";
import { type MoveName, moveOf } from "./moves.ts";
import { publish } from "./propose/publish.ts";
import { revise } from "./propose/revise.ts";
import { saveDraft } from "./propose/save-draft.ts";
import { recountVotes } from "./votes/recount-votes.ts";
import { vote } from "./votes/vote.ts";

// Random moves of random members, many at once, on a real database: whatever is refused, what was done must be whole.

let database: TestDatabase;
let people: MemberActor[] = [];
const rules = { commentDays: 0, weeklyGpuHours: 200 };
const reason = "A reason that everyone can read.";
const prose = "Twenty letters at the very least, and then some more of them.";
const text = { problem: prose, proposal: prose, effect: prose, measure: prose, gpuHours: 3 };

beforeAll(async () => {
  database = await testDatabase();
  const roles = [
    ["engineer"],
    ["engineer"],
    ["moderator", "engineer"],
    ["volunteer"],
    ["admin"],
    [],
    [],
    [],
  ] as const;
  people = await Promise.all(roles.map((held) => createMember(database.db, { roles: [...held] })));
  // Half of them are old enough to count.
  const old = people.filter((_, index) => index % 2 === 0).map(({ memberId }) => memberId);
  await database.db.member.updateMany({
    where: { id: { in: old } },
    data: { createdAt: new Date(Date.now() - 10 * 86_400_000) },
  });
});
afterAll(() => database.close());

type Step = { verb: number; initiative: number; other: number; member: number; on: boolean };
type Call = {
  id: number;
  other: number;
  actor: MemberActor;
  carrier: MemberActor;
  on: boolean;
  now: number;
};

const OUTCOMES = ["feasible", "needs-work", "infeasible"] as const;
const VERBS: ((call: Call) => Promise<unknown>)[] = [
  ({ id, on, ...call }) => vote(database.db, { id, on, anonymous: false, ...call }),
  ({ id, on, ...call }) => vote(database.db, { id, on, anonymous: true, ...call }),
  ({ other, ...call }) => merge(database.db, { ...call, reason, rules, into: other }),
  (call) => unmerge(database.db, { ...call, reason, rules }),
  (call) => approve(database.db, { ...call, reason, rules }),
  (call) => approve(database.db, { ...call, reason, rules }),
  (call) =>
    assess(database.db, { ...call, reason, rules, outcome: "feasible", gpuHours: 30, risk: "low" }),
  ({ other, ...call }) =>
    assess(database.db, {
      ...{ ...call, reason, rules, gpuHours: 2, risk: "high" },
      outcome: OUTCOMES[other % 3] ?? "feasible",
    }),
  ({ carrier, ...call }) => offerAssignment(database.db, { ...call, memberName: carrier.name }),
  ({ carrier, ...call }) =>
    answerAssignment(database.db, { ...call, actor: carrier, rules, accept: true }),
  ({ on, ...call }) => answerAssignment(database.db, { ...call, rules, accept: on }),
  (call) => raiseConcern(database.db, { ...call, title: "A concern", text: prose }),
  async (call) => {
    const concern = await database.db.initiativeConcern.findFirst({
      where: { initiativeId: call.id, resolvedAt: null },
      select: { id: true },
    });
    await resolveConcern(database.db, { ...call, concernId: concern?.id ?? 0, resolution: prose });
  },
  async (call) => {
    const { version } = await database.db.initiative.findUniqueOrThrow({ where: { id: call.id } });
    const edit = { ...text, data: null, title: "A title long enough", note: "Changed." };
    await revise(database.db, { ...call, ...edit, rules, version, openThread: createThreadFor });
  },
  ({ other, ...call }) => supersede(database.db, { ...call, reason, rules, by: other }),
  ...PLAIN_MOVES.map(
    (name) => (call: Call) => decide(database.db, { ...call, reason, rules, name }),
  ),
];

const steps = fc.array(
  fc.record({
    verb: fc.nat(VERBS.length - 1),
    initiative: fc.nat(3),
    other: fc.nat(3),
    member: fc.nat(7),
    on: fc.boolean(),
  }),
  { minLength: 30, maxLength: 60 },
);

async function published(): Promise<number[]> {
  const ids: number[] = [];
  for (const author of people.slice(4)) {
    const now = Date.now();
    const draft = { ...text, data: null, category: "methods" as const, title: "A good proposal" };
    const id = await saveDraft(database.db, { ...draft, authorId: author.memberId, now });
    await publish(database.db, { id, actor: author, now, rules, openThread: createThreadFor });
    ids.push(id);
  }
  return ids;
}

/** Makes the steps eight at a time; only a refusal with a reason may stop one. */
async function play(ids: number[], script: Step[]): Promise<void> {
  for (let at = 0; at < script.length; at += 8) {
    const outcomes = await Promise.allSettled(
      script.slice(at, at + 8).map(({ verb, initiative, other, member, on }) => {
        const [actor, carrier] = [people[member], people[other]];
        const [id, target] = [ids[initiative], ids[other]];
        const make = VERBS[verb];
        if (!(actor && carrier && id && target && make)) {
          throw new Error("The script names nobody.");
        }
        return make({ id, other: target, actor, carrier, on, now: Date.now() });
      }),
    );
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        expect(outcome.reason).toBeInstanceOf(AppError);
        expect((outcome.reason as AppError).details).toHaveProperty("reason");
      }
    }
  }
}

/** Each initiative's decisions must lead, move by allowed move, to the state that it is in. */
async function checkLives(ids: number[]): Promise<void> {
  for (const id of ids) {
    const decisions = await database.db.decision.findMany({
      where: { subjectType: "initiative", subjectId: String(id) },
      orderBy: { number: "asc" },
    });
    let state = "draft";
    for (const { kind, data } of decisions) {
      const { from, to } = data as { from: string; to: string };
      const move = moveOf(kind.replace("initiative.", "") as MoveName);
      expect(from).toBe(state);
      expect(move.from).toContain(from);
      if (move.to !== "before") {
        expect(to).toBe(move.to);
      }
      state = to;
    }
    const row = await database.db.initiative.findUniqueOrThrow({ where: { id } });
    expect(row.state).toBe(state);
    if (state === "approved") {
      const signed = await database.db.initiativeApproval.findMany({
        where: { initiativeId: id, version: row.version, memberId: { not: row.authorId } },
      });
      expect(signed.length).toBeGreaterThanOrEqual(2);
    }
  }
}

/** Counts in another way than the portal does: in memory, member by member. */
async function checkTallies(ids: number[]): Promise<void> {
  const rows = await database.db.initiative.findMany({ where: { id: { in: ids } } });
  const votes = await database.db.initiativeVote.findMany({ where: { initiativeId: { in: ids } } });
  const members = await database.db.member.findMany();
  for (const row of rows.filter(({ stage }) => stage === "open")) {
    const counted = new Set<string>();
    const family = [row];
    for (const { id, version } of family) {
      family.push(
        ...rows.filter(
          (other) => other.duplicateOfId === id && other.duplicateOfVersion === version,
        ),
      );
      const given = votes.filter((one) => one.initiativeId === id && one.version === version);
      for (const { memberId } of given) {
        counted.add(memberId);
      }
    }
    const present = members.filter(({ id, deletedAt }) => counted.has(id) && deletedAt === null);
    const old = Date.now() - 3 * 86_400_000;
    const eligible = present.filter(
      (member) =>
        member.emailVerifiedAt !== null && member.trust >= 1 && member.createdAt.getTime() <= old,
    );
    expect([row.cast, row.eligible]).toEqual([present.length, eligible.length]);
  }
}

async function checkChain(): Promise<void> {
  const rows = await database.db.decision.findMany({ orderBy: { number: "asc" } });
  let previousHash: string = CHAIN_START;
  for (const row of rows) {
    const { number, kind, subjectType, subjectId, actorId, reason: why, data, at } = row;
    const subject = { type: subjectType, id: subjectId };
    const whole = {
      number,
      previousHash,
      kind,
      subject,
      actorId,
      reason: why,
      data,
      at: at.toISOString(),
    };
    const hash = createHash("sha256")
      .update(canonical(whole as never), "utf8")
      .digest("hex");
    expect(row.hash).toBe(hash);
    previousHash = hash;
  }
}

test("random moves of many at once leave legal lives, a whole chain and counted tallies", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const ids = await published();
      await play(ids, script);
      await checkLives(ids);
      await checkTallies(ids);
      await checkChain();
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 120_000);

test("a deleted voter and one who loses trust are no longer counted, after the next count", async () => {
  const ids = await published();
  const [id = 0] = ids;
  const voters = people.slice(0, 4);
  for (const actor of voters) {
    await vote(database.db, { id, on: true, anonymous: false, actor, now: Date.now() });
  }
  const [first, second] = voters;
  await database.db.member.update({
    where: { id: first?.memberId ?? "" },
    data: { deletedAt: new Date() },
  });
  await database.db.member.update({ where: { id: second?.memberId ?? "" }, data: { trust: 0 } });
  expect(await recountVotes(database.db, Date.now())).toBeGreaterThan(0);
  const row = await database.db.initiative.findUniqueOrThrow({ where: { id } });
  expect([row.cast, row.eligible]).toEqual([3, 1]);
  await checkTallies(ids);
});
