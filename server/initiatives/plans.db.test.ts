import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb } from "../platform/db.ts";
import { createPool } from "../platform/pool.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { CATEGORIES, ORDERS, STATES } from "./contract.ts";
import { listInitiatives } from "./lists/list-initiatives.ts";
import { listOverdue } from "./lists/list-overdue.ts";
import { countVotes } from "./votes/count-votes.ts";
import { readVoters } from "./votes/read-voters.ts";

const LARGE = ["Initiative", "InitiativeVote", "Member"];
const COMMON = STATES.filter((state) => state !== "duplicate" && state !== "draft");

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  // Ended before anything is counted: a connection tells of its scans late.
  const pool = createPool(database.url);
  await pool.query(`
    insert into "Member" (id, name, "nameKey", trust, "emailVerifiedAt", "createdAt")
    select 'mem_' || n, 'm-' || n, 'm-' || n, 1, now(), now() - interval '9 days' from generate_series(1, 3000) n`);
  await pool.query(
    `insert into "Initiative" ("authorId", category, title, state, "openedAt", "triageDueAt", "cast", eligible, hot)
     select 'mem_' || 1 + n % 3000, ($1::text[])[1 + n % 4], md5(n::text) || ' title ' || n, ($2::text[])[1 + n % array_length($2::text[], 1)],
       now() - n * interval '1 hour', case when n % 100 = 0 then now() - interval '1 day' end, n % 90, n % 90, 39000 + n % 800
     from generate_series(1, 9000) n`,
    [CATEGORIES, COMMON],
  );
  await pool.query(`
    insert into "InitiativeVote" ("initiativeId", "memberId", version)
    select i.id, 'mem_' || 1 + (i.id * 7 + n) % 3000, 1 from "Initiative" i, generate_series(1, 6) n`);
  for (const table of LARGE) {
    await pool.query(`vacuum analyze "${table}"`);
  }
  await pool.end();
});
afterAll(() => database.close());

/** How often each large table was read from end to end; what a connection did is counted when it has ended. */
async function scans(): Promise<Record<string, number>> {
  const pool = createPool(database.url);
  const { rows } = await pool.query<{ name: string; scans: string }>(
    `select relname as name, seq_scan as scans from pg_stat_user_tables where relname = any($1)`,
    [LARGE],
  );
  await pool.end();
  return Object.fromEntries(rows.map(({ name, scans }) => [name, Number(scans)]));
}

type Db = ReturnType<typeof createDb>;
const base = { stage: "open", limit: 20, memberId: "mem_1" } as const;
const next = { key: 40, id: 4_000 };
const QUERIES: [string, (db: Db) => Promise<unknown>][] = [
  ...ORDERS.flatMap((order): [string, (db: Db) => Promise<unknown>][] => [
    [order, (db) => listInitiatives(db, { ...base, order })],
    [`${order}, later`, (db) => listInitiatives(db, { ...base, order, next })],
    [`${order}, a category`, (db) => listInitiatives(db, { ...base, order, category: "data" })],
    [`${order}, a state`, (db) => listInitiatives(db, { ...base, order, state: "triage", next })],
  ]),
  ["overdue", (db) => listOverdue(db, Date.now())],
  ["voters", (db) => readVoters(db, { id: 7, now: Date.now() })],
  ["a tally", (db) => countVotes(db, { id: 7, now: Date.now() })],
];

test.each(QUERIES)("%s is read without a sequential scan", async (_, query) => {
  const before = await scans();
  const db = createDb(database.url);
  await query(db);
  await db.$disconnect();
  expect(await scans()).toEqual(before);
});
