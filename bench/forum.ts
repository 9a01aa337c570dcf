// Reads a forum of 100 000 threads and 2 million posts: lists, threads, search, unread; and looks for sequential scans.
//   npm run bench -- forum [THREADS] [POSTS]
import { listThreads } from "#server/forum/list-threads.ts";
import { listUnread } from "#server/forum/list-unread.ts";
import { readThread } from "#server/forum/read-thread.ts";
import { createDb } from "#server/platform/db.ts";
import { createPool, type Pool } from "#server/platform/pool.ts";
import { searchDocuments } from "#server/search/search-documents.ts";
import { seedBigForum } from "../prisma/scenarios/big-forum.ts";
import { startBenchDatabase } from "./database.ts";
import type { BenchReport } from "./main.ts";

const THREADS = 100_000;
const POSTS = 2_000_000;
const CALLS = 200;
const WARM_UP = 20;
const MEMBER = "mem_load1";
const BAR = { atMost: 100 };
const LARGE = ["ForumThread", "ForumPost", "ForumTagged", "SearchDocument"];

type Reader = { db: ReturnType<typeof createDb>; pool: Pool };
type Case = [name: string, call: (index: number) => Promise<unknown>];

export async function run(report: BenchReport, options: string[]): Promise<void> {
  const threads = Number(options[0] ?? THREADS);
  const posts = Number(options[1] ?? POSTS);
  const database = await startBenchDatabase();
  try {
    const started = performance.now();
    const db = createDb(database.url);
    await seedBigForum({ pool: database.pool, db }, { threads, posts });
    await db.$disconnect();
    const seconds = Math.round((performance.now() - started) / 1000);
    report({
      case: `${threads} threads, ${posts} posts`,
      metric: "seeding",
      value: seconds,
      unit: "s",
    });
    const before = await countScans(database.pool);
    await measure(report, { url: database.url, threads });
    // A connection's counts are complete when it has ended, which `measure` saw to.
    const after = await countScans(database.pool);
    for (const table of LARGE) {
      const value = (after.get(table) ?? 0) - (before.get(table) ?? 0);
      report({ case: table, metric: "sequential scans", value, unit: "scans", bar: { atMost: 0 } });
    }
  } finally {
    await database.stop();
  }
}

async function measure(
  report: BenchReport,
  { url, threads }: { url: string; threads: number },
): Promise<void> {
  const reader = { db: createDb(url), pool: createPool(url) };
  for (const [name, call] of [
    ...lists(reader, threads),
    ...threadsOf(reader, threads),
    ...searches(reader),
  ]) {
    const times: number[] = [];
    for (let index = 0; index < CALLS + WARM_UP; index++) {
      const began = performance.now();
      await call(index);
      times.push(performance.now() - began);
    }
    const sorted = times.slice(WARM_UP).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
    report({ case: name, metric: "p50", value: at(0.5), unit: "ms" });
    report({ case: name, metric: "p95", value: at(0.95), unit: "ms", bar: BAR });
  }
  await Promise.all([reader.db.$disconnect(), reader.pool.end()]);
}

const ALL = { unanswered: false, sort: "active", limit: 30, memberId: MEMBER } as const;
const CATEGORIES = ["academic", "engineering", "tools", "applications", "announcements"] as const;
/** Repeatable places anywhere in 1 … most. */
const anywhere = (index: number, most: number) => 1 + ((index * 2_654_435_761) % most);

function lists({ db }: Reader, threads: number): Case[] {
  const category = (index: number) => CATEGORIES[index % CATEGORIES.length] ?? "tools";
  const next = (index: number) => ({
    at: Date.now() - anywhere(index, threads) * 15 * 60_000,
    id: 0,
  });
  return [
    ["list, first page", () => listThreads(db, ALL)],
    ["list, any page", (index) => listThreads(db, { ...ALL, next: next(index) })],
    [
      "list of a category, any page",
      (index) => listThreads(db, { ...ALL, category: category(index), next: next(index) }),
    ],
    ["list of a common tag", (index) => listThreads(db, { ...ALL, tag: `tag-${index % 50}` })],
    ["list of a rare tag", (index) => listThreads(db, { ...ALL, tag: `rare-${index * 7}` })],
    [
      "unanswered of a category",
      (index) => listThreads(db, { ...ALL, category: category(index), unanswered: true }),
    ],
    ["newest", (index) => listThreads(db, { ...ALL, sort: "newest", next: next(index) })],
    ["unread", () => listUnread(db, { memberId: MEMBER, limit: 20 })],
  ];
}

function threadsOf({ db }: Reader, threads: number): Case[] {
  const read = (index: number, from: number) =>
    readThread(db, { id: anywhere(index, threads), from, limit: 30, memberId: MEMBER });
  return [
    ["thread, from its start", (index) => read(index, 1)],
    ["thread, from post 30", (index) => read(index, 30)],
  ];
}

function searches({ pool }: Reader): Case[] {
  const find = (q: string) => searchDocuments(pool, { q, limit: 20 });
  return [
    ["search: a common word", () => find("loss")],
    ["search: two common words", () => find("gradient attention")],
    ["search: a rare word", (index) => find(`term${index * 13}`)],
    ["search: a rare and a common word", (index) => find(`term${index * 17} loss`)],
    ["search: Chinese", () => find("梯度")],
    ["search: words in both languages", () => find("训练 loss 检查点")],
    ["search: no such word", (index) => find(`nowhere${index}`)],
    ["search: a tag and a word", (index) => find(`tag:tag-${index % 50} token`)],
    ["search: an author", (index) => find(`by:load-${1 + index} rate`)],
    ["search: before a day", () => find("layer before:2026-01-01")],
    ["search: a phrase", () => find('"learning rate"')],
  ];
}

async function countScans(pool: Pool): Promise<Map<string, number>> {
  await pool.query("select pg_stat_clear_snapshot()");
  const { rows } = await pool.query<{ name: string; scans: string }>(
    `select relname as name, seq_scan as scans from pg_stat_user_tables where relname = any($1)`,
    [LARGE],
  );
  return new Map(rows.map(({ name, scans }) => [name, Number(scans)]));
}
