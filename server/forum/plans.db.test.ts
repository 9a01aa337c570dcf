import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb } from "../platform/db.ts";
import { createPool } from "../platform/pool.ts";
import { searchDocuments } from "../search/search-documents.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { listCiting } from "./list-citing.ts";
import { listThreads } from "./list-threads.ts";
import { listUnread } from "./list-unread.ts";
import { readThread } from "./read-thread.ts";

const LARGE = ["ForumThread", "ForumPost", "ForumTagged", "ForumReading", "SearchDocument"];
const CATEGORIES = ["academic", "engineering", "tools", "applications", "announcements"] as const;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  // Ended before anything is counted: a connection tells of its scans late.
  const pool = createPool(database.url);
  await pool.query(`
    insert into "Member" (id, name, "nameKey") select 'mem_' || n, 'm-' || n, 'm-' || n from generate_series(1, 50) n`);
  await pool.query(
    `insert into "ForumThread" (category, title, "authorId", tags, question, "createdAt", "bumpedAt", "lastNumber")
     select ($1::text[])[1 + n % 5], 'Thread ' || n, 'mem_' || 1 + n % 50, array['tag-' || n % 100], n % 2 = 0,
       now() - n * interval '1 hour', now() - n * interval '1 hour', 10 from generate_series(1, 6000) n`,
    [CATEGORIES],
  );
  await pool.query(`
    insert into "ForumPost" ("threadId", number, "authorId", body)
    select t.id, p, 'mem_' || 1 + (t.id + p) % 50, 'Text ' || p from "ForumThread" t, generate_series(1, 10) p`);
  await pool.query(
    `insert into "ForumTagged" (tag, "threadId", "bumpedAt") select unnest(tags), id, "bumpedAt" from "ForumThread"`,
  );
  await pool.query(`
    insert into "ForumReading" ("memberId", "threadId", "readTo", "readAt")
    select m.id, t.id, 1 + t.id % 10, now() from "ForumThread" t, "Member" m where t.id % 10 = 0`);
  await pool.query(`
    insert into "SearchDocument" (kind, "subjectId", title, excerpt, url, "createdAt", tokens)
    select 'post', n::text, '', '', '', now(),
      to_tsvector('english', 'loss word' || n % 1000) || array_to_tsvector(array['=b:' || n / 8192])
    from generate_series(1, 30000) n`);
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

type Reader = { db: ReturnType<typeof createDb>; pool: ReturnType<typeof createPool> };

const memberId = "mem_1";
const all = { unanswered: false, sort: "active", limit: 30, memberId } as const;
const next = { at: Date.now() - 86_400_000 * 30, id: 3 };
const QUERIES: [string, (reader: Reader) => Promise<unknown>][] = [
  ["the first page", ({ db }) => listThreads(db, all)],
  ["a later page", ({ db }) => listThreads(db, { ...all, next })],
  ["a category", ({ db }) => listThreads(db, { ...all, category: "tools", next })],
  [
    "unanswered of a category",
    ({ db }) => listThreads(db, { ...all, category: "tools", unanswered: true }),
  ],
  ["unanswered", ({ db }) => listThreads(db, { ...all, unanswered: true })],
  ["a tag", ({ db }) => listThreads(db, { ...all, tag: "tag-7" })],
  ["a later page of a tag", ({ db }) => listThreads(db, { ...all, tag: "tag-7", next })],
  ["the newest", ({ db }) => listThreads(db, { ...all, sort: "newest", next })],
  ["a thread", ({ db }) => readThread(db, { id: 2_990, from: 5, limit: 30, memberId })],
  ["unread", ({ db }) => listUnread(db, { memberId, limit: 20 })],
  ["citing", ({ db }) => listCiting(db, { runId: "run_1" })],
  ["a common word", ({ pool }) => searchDocuments(pool, { q: "loss", limit: 20 })],
  ["a rare word", ({ pool }) => searchDocuments(pool, { q: "word17", limit: 20 })],
  ["no such word", ({ pool }) => searchDocuments(pool, { q: "nowhere", limit: 20 })],
  ["a day", ({ pool }) => searchDocuments(pool, { q: "loss before:2030-01-01", limit: 20 })],
];

test.each(QUERIES)("%s reads no large table from end to end", async (_name, call) => {
  const before = await scans();
  const reader = { db: createDb(database.url), pool: createPool(database.url) };
  expect(await call(reader)).toBeDefined();
  await Promise.all([reader.db.$disconnect(), reader.pool.end()]);
  expect(await scans()).toEqual(before);
});
