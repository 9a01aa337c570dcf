import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBlobs } from "#server/platform/blobs.ts";
import { type TestDatabase, testDatabase } from "#server/testing/database.ts";
import { callerFor, createMember } from "#server/testing/members.ts";
import { writeBackup } from "./backup.ts";
import { readBackup } from "./restore.ts";

let folder: string;
let from: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cpm-backup-"));
  // Jobs are kept in the database that was opened last.
  empty = await testDatabase();
  from = await testDatabase();
});
afterAll(async () => {
  await Promise.all([from.close(), empty.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** Each table's rows as one checksum. */
async function checksums({ pool }: TestDatabase): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'",
  );
  const sums: Record<string, string> = {};
  for (const { name } of rows) {
    const sum = await pool.query<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as sum from "${name}" t`,
    );
    sums[name] = sum.rows[0]?.sum ?? "";
  }
  return sums;
}

const sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

test("a backup restored into an empty portal has the same rows, files and next numbers", async () => {
  const author = callerFor(from, await createMember(from.db, { trust: 2 }));
  const post = { category: "tools", title: "“Quotes”, a \\ and\na line", question: true } as const;
  await author.forum.create({ ...post, title: "Quotes", body: '"a", \\b\\,\n(c) 你好 \u{1f98a}' });
  await author.showcase.submit({
    ...{ title: "Timetable reader", summary: "Reads a timetable.", body: "", stage: "idea" },
    ...{ usesId: null, repository: null, demo: null, tags: ["a-b", "中文"] },
  });
  const dataDir = join(folder, "data");
  const upload = createBlobs(dataDir).uploadPath("test", "one");
  await mkdir(join(upload, ".."), { recursive: true });
  await writeFile(upload, "hello");
  await createBlobs(dataDir).adopt(upload, sha256);
  const to = join(folder, "backup");
  await writeBackup({ url: from.url, dataDir, to });
  const restored = join(folder, "restored");
  await readBackup({ url: empty.url, dataDir: restored, from: to });
  expect(await checksums(empty)).toEqual(await checksums(from));
  expect(await readFile(createBlobs(restored).pathOf(sha256), "utf8")).toBe("hello");
  // The sequences went on as well: the next thread gets the next number.
  const next = callerFor(empty, await createMember(empty.db, { trust: 2 }));
  const { threadId } = await next.forum.create({ ...post, title: "The next", body: "One more." });
  expect(threadId).toBe((await from.db.forumThread.count()) + 1);
  await expect(readBackup({ url: empty.url, dataDir: restored, from: to })).rejects.toThrow(
    "not empty",
  );
});
