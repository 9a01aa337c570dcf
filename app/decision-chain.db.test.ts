// Everybody who decides, at once: what they write must still be one chain, by the very check that browsers run.
import { afterAll, beforeAll, expect, test } from "vitest";
import { CHAIN_BEGIN, verifyChain } from "#components/decisions/verify-chain.ts";
import { type TestDatabase, testDatabase } from "#server/testing/database.ts";
import { callerFor, createMember } from "#server/testing/members.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const EACH = 12;
const many = <T>(work: (index: number) => Promise<T>) =>
  Array.from({ length: EACH }, (_, index) => work(index));

test("roles, limits, threads and posts decided at the same time stand in one whole chain", async () => {
  const { db } = database;
  const [admin, moderator, author, reader] = await Promise.all([
    createMember(db, { roles: ["admin"] }),
    createMember(db, { roles: ["moderator"], trust: 4 }),
    createMember(db, { trust: 4 }),
    createMember(db, { trust: 4 }),
  ]);
  const as = (actor: typeof admin) => callerFor(database, actor);
  const threads: number[] = [];
  for (let index = 0; index < EACH; index++) {
    const title = `Thread ${index}`;
    const opened = await as(author).forum.create({ category: "tools", title, body: "Text." });
    await as(reader).moderation.flag({ postId: opened.id, reason: "spam" });
    threads.push(opened.threadId);
  }
  const members = await Promise.all(many(() => createMember(db)));
  const { cases } = await as(moderator).moderation.queue({ limit: 50 });
  const reason = "All at once. 同时";
  const decided = await Promise.allSettled([
    ...many((index) =>
      as(admin).members.profile.grantRole({
        ...{ name: members[index]?.name ?? "", role: "volunteer", reason },
      }),
    ),
    ...many((index) =>
      as(moderator).moderation.limit({
        ...{ memberId: members[index]?.memberId ?? "", kind: "silence", days: 2, reason },
      }),
    ),
    ...many((index) =>
      as(moderator).forum.tools.lock({ threadId: threads[index] ?? 0, on: true, reason }),
    ),
    ...cases.map(({ id: caseId, version }) =>
      as(moderator).moderation.decide({ caseId, version, outcome: "dismiss", reason }),
    ),
  ]);
  expect(decided.filter(({ status }) => status === "rejected")).toEqual([]);
  let state = CHAIN_BEGIN;
  for (let more = true; more; ) {
    const page = await as(reader).decisions.list({ after: state.checked, limit: 20 });
    state = await verifyChain(state, page.decisions);
    expect(state.broken).toBeNull();
    more = page.more;
  }
  expect(state.checked).toBe(4 * EACH);
});
