import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { BLOCK, forgetDocument, indexDocument } from "./index-document.ts";
import { searchDocuments } from "./search-documents.ts";

let database: TestDatabase;
const day = (text: string) => new Date(`${text}T12:00:00Z`);
const find = async (q: string, limit = 20, next?: number) => {
  const { found } = await searchDocuments(database.pool, { q, limit, next });
  return found.map(({ subjectId }) => subjectId);
};

beforeAll(async () => {
  database = await testDatabase();
  await database.db.member.create({
    data: { id: "mem_Ada", name: "Demo-Ada", nameKey: "demo-ada" },
  });
  const put = async (id: string, title: string, more: object = {}) =>
    await indexDocument(database.db, {
      ...{ kind: "thread", id, title, text: "", url: `/forum/t/${id}`, authorId: null },
      ...{ place: "engineering", createdAt: day("2026-01-10") },
      ...more,
    });
  await put("1", "Why did the losses spike?", { tags: ["spike"], authorId: "mem_Ada" });
  await put("2", "训练数据去重的阈值");
  await put("3", "Reading the loss curve", { place: "academic", createdAt: day("2026-03-01") });
  // Far enough below the newest that several blocks are walked.
  await database.db
    .$executeRaw`select setval(pg_get_serial_sequence('"SearchDocument"', 'number'), ${BLOCK * 9})`;
  await put("4", "A loss that fell", { text: "Tom's \\ 'quoted' <b>text</b>" });
});
afterAll(() => database.close());

test("words are found in any of their forms, newest first, across blocks", async () => {
  expect(await find("loss")).toEqual(["4", "3", "1"]);
  expect(await find("spikes")).toEqual(["1"]);
});
test("Chinese is found by any stretch of it, also by one character", async () => {
  expect(await find("数据去重")).toEqual(["2"]);
  expect(await find("阈")).toEqual(["2"]);
  expect(await find("值")).toEqual(["2"]);
  expect(await find("据数")).toEqual([]);
});
test("operators narrow the search and need no word", async () => {
  expect(await find("in:academic loss")).toEqual(["3"]);
  expect(await find("tag:spike")).toEqual(["1"]);
  expect(await find("by:@demo-ada loss")).toEqual(["1"]);
  expect(await find("by:nobody loss")).toEqual([]);
  expect(await find("loss before:2026-02-01")).toEqual(["4", "1"]);
  expect(await find("loss after:2026-02-01")).toEqual(["3"]);
});
test("words side by side are found as they stand, and a word can be left out", async () => {
  expect(await find('"loss curve"')).toEqual(["3"]);
  expect(await find('"curve loss"')).toEqual([]);
  expect(await find("loss -curve")).toEqual(["4", "1"]);
  expect(await find("loss before:1999-01-01")).toEqual([]);
});
test("pages follow each other without holes", async () => {
  const first = await searchDocuments(database.pool, { q: "loss", limit: 1 });
  expect(first.found).toHaveLength(1);
  expect(await find("loss", 5, first.next ?? undefined)).toEqual(["3", "1"]);
});
test("whatever is typed is text, never syntax", async () => {
  for (const q of ["'", "\\", "tag:'|'", "tag:\\", "a & | ! ( ) :*", "in:x'y\\z", "-", '"']) {
    expect(await find(q)).toEqual([]);
  }
});
test("what is forgotten is not found", async () => {
  await forgetDocument(database.db, { kind: "thread", id: "3" });
  expect(await find("curve")).toEqual([]);
});
