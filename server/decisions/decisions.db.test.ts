import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { CHAIN_START, type ChainedDecision, canonical, hashedText } from "./contract.ts";
import { listDecisions } from "./list-decisions.ts";
import { readChainHead } from "./read-chain-head.ts";
import { recordDecision } from "./record-decision.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Fifty at once share ten connections, so the last ones wait for theirs. */
const PATIENT = { maxWait: 50_000, timeout: 50_000 };

const decide = (reason: string) =>
  database.db.$transaction(
    (tx) =>
      recordDecision(tx, {
        kind: "post.hide",
        subject: { type: "post", id: "1" },
        actorId: null,
        reason,
        data: { b: 1.5, a: ["é", null, { z: 1e-7, y: 1e21 }] },
      }),
    PATIENT,
  );

test("fifty simultaneous decisions stand in one unbroken chain that anybody can recompute from the rows", async () => {
  await Promise.all(Array.from({ length: 50 }, (_, i) => decide(`Reason ${i}`)));
  const rows = await database.db.decision.findMany({ orderBy: { number: "asc" } });
  expect(rows.map((row) => row.number)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  let previousHash = CHAIN_START;
  for (const { number, kind, subjectType, subjectId, actorId, reason, data, at, hash } of rows) {
    const text = canonical({
      number,
      previousHash,
      kind,
      subject: { type: subjectType, id: subjectId },
      actorId,
      reason,
      data,
      at: at.toISOString(),
    });
    expect(createHash("sha256").update(text).digest("hex")).toBe(hash);
    previousHash = hash;
  }
  expect(await readChainHead(database.db)).toEqual({ number: 50, hash: previousHash });
}, 60_000);

test("a decision that is rolled back leaves no hole", async () => {
  const before = await readChainHead(database.db);
  const failed = database.db.$transaction(async (tx) => {
    await recordDecision(tx, {
      kind: "post.hide",
      subject: { type: "post", id: "2" },
      actorId: null,
      reason: "Undone.",
    });
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(await readChainHead(database.db)).toEqual(before);
  expect((await decide("Next.")).number).toBe((before?.number ?? 0) + 1);
});

test.each([
  ["change", `update "Decision" set reason = 'x' where number = 1`],
  ["deletion", `delete from "Decision" where number = 1`],
  ["truncation", `truncate "Decision"`],
  [
    "row out of the chain",
    `insert into "Decision" values (999, repeat('0', 64), repeat('1', 64), 'k', 't', 'i', null, 'r', '{}', now())`,
  ],
])("the database refuses a %s", async (_what, statement) => {
  await expect(database.pool.query(statement)).rejects.toThrow(/append-only|continue the chain/);
});

test("a decision without a reason is none", async () => {
  await expect(decide("  ")).rejects.toThrow(/Write one/);
});

test("the list pages through the log both ways, each row with the text that its hash is made of", async () => {
  await decide("One more");
  const head = await readChainHead(database.db);
  const total = head?.number ?? 0;
  const forward: ChainedDecision[] = [];
  let more = true;
  while (more) {
    const page = await listDecisions(database.db, { after: forward.length, limit: 20 });
    expect(page.head).toEqual(head);
    forward.push(...page.decisions);
    more = page.more;
  }
  expect(forward.map(({ number }) => number)).toEqual(
    Array.from({ length: total }, (_, index) => index + 1),
  );
  for (const row of forward) {
    expect(createHash("sha256").update(hashedText(row)).digest("hex")).toBe(row.hash);
  }
  const newest = await listDecisions(database.db, { limit: 2 });
  expect(newest.decisions.map(({ number }) => number)).toEqual([total, total - 1]);
  const older = await listDecisions(database.db, { before: 3, kind: "post.hide" });
  expect(older.decisions.map(({ number }) => number)).toEqual([2, 1]);
  expect((await listDecisions(database.db, { kind: "nothing.such" })).decisions).toEqual([]);
});
