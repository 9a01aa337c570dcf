import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Random } from "../data/random.ts";
import { startData } from "../testing/data-program.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "data-streams-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

type Document = { id: string; text: string; source: string; lang: string };
type Ran = { kept: Document[]; dropped: { id: string; reason: string }[]; report: unknown };

const toLines = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

function fromLines<T>(text: string): T[] {
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as T]));
}

/** A step as an engine would run it: lines in, lines out, the dropped ones in a file, the counts on stderr. */
async function run(step: string[], documents: readonly Document[]): Promise<Ran> {
  const dropped = join(root, "dropped.jsonl");
  const program = startData([...step, "--dropped", dropped], root, { input: toLines(documents) });
  expect(await program.code, program.err()).toBe(0);
  return {
    kept: fromLines(program.out()),
    dropped: fromLines(readFileSync(dropped, "utf8")),
    report: JSON.parse(program.err().trim().split("\n").at(-1) ?? "{}"),
  };
}

const FIRST = "春江潮水連海平上明月共生灩隨波千萬里何處無";
const SECOND = "流宛轉繞芳甸照花林皆似霰空裏霜不覺飛汀沙看";

/** Sentences of one small set of characters, each followed by few others: a language that a model learns at once. */
function verse(id: string, seed: number): Document {
  const random = Random.fromSeed(seed);
  const [first, second] = [random.below(FIRST.length), random.below(SECOND.length)];
  const half = (from: string, at: number): string =>
    Array.from({ length: 7 }, (_, i) => from.charAt((at + i) % from.length)).join("");
  // No two sentences of a verse begin alike: what repeats itself would be dropped by the rules.
  const text = Array.from(
    { length: 4 },
    (_, i) => `${half(FIRST, first + 5 * i)}，${half(SECOND, second + 3 * i)}。`,
  ).join("\n");
  return { id, text, source: "verse", lang: "zh" };
}

/** The same characters without any order. */
function shuffled({ text, ...rest }: Document, id: string): Document {
  const random = Random.fromSeed(9);
  const mixed = text.replace(/\p{L}/gu, () => {
    const from = FIRST + SECOND;
    return from.charAt(random.below(from.length));
  });
  return { ...rest, id, text: mixed };
}

test("filter --reference judges each source by its own documents, whatever part of the input it sees", async () => {
  const reference = join(root, "reference.jsonl");
  const accepted = Array.from({ length: 400 }, (_, i) => verse(`r${i}`, i));
  writeFileSync(reference, toLines(accepted));
  const good = Array.from({ length: 20 }, (_, i) => verse(`g${i}`, 1_000 + i));
  const bad = good.slice(0, 5).map((document, i) => shuffled(document, `b${i}`));
  const strange = bad.map((document) => ({ ...document, id: `s-${document.id}`, source: "other" }));
  const step = [
    "filter",
    "--profile",
    "pair",
    "--reference",
    reference,
    "--perplexity-drop",
    "0.05",
  ];
  const documents = [...good, ...bad, ...strange];
  const whole = await run(step, documents);
  const reasonOf = new Map(whole.dropped.map(({ id, reason }) => [id, reason]));
  expect(bad.map(({ id }) => reasonOf.get(id))).toEqual(bad.map(() => "perplexity"));
  // A source that the reference does not have is not judged.
  expect(strange.filter(({ id }) => reasonOf.has(id))).toEqual([]);
  expect(good.filter(({ id }) => !reasonOf.has(id)).length).toBeGreaterThan(15);
  const parts = [await run(step, documents.slice(0, 13)), await run(step, documents.slice(13))];
  expect(parts.flatMap(({ kept }) => kept)).toEqual(whole.kept);
  expect(parts.flatMap(({ dropped }) => dropped)).toEqual(whole.dropped);
}, 120_000);

test("filter replaces marks and names every dropped document; the counts on stderr are those of the lines", async () => {
  const marked = verse("marked", 1);
  const documents = [
    { ...marked, text: `${marked.text}\n寫信到 someone@example.org 問他。` },
    { ...verse("empty", 2), text: "…" },
    verse("plain", 3),
  ];
  const { kept, dropped, report } = await run(["filter", "--profile", "pair"], documents);
  expect(kept.map(({ id }) => id)).toEqual(["marked", "plain"]);
  expect(kept[0]?.text).not.toContain("someone@example.org");
  expect(dropped.map(({ id }) => id)).toEqual(["empty"]);
  const reason = dropped[0]?.reason ?? "";
  expect(report).toEqual({
    documents: 3,
    kept: 2,
    dropped: { [reason]: 1 },
    pii: { EMAIL: 1 },
    invalid: 0,
  });
}, 60_000);

test("dedup --store remembers between runs; a file under its name again gets the same answers and changes nothing", async () => {
  const store = join(root, "store");
  const first = [verse("a", 1), verse("b", 2), { ...verse("a2", 1), id: "a2" }];
  const step = (file: string): string[] => ["dedup", "--store", store, "--file", file];
  const one = await run(step("one"), first);
  expect(one.kept.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(one.dropped).toEqual([{ id: "a2", reason: "duplicate" }]);
  const log = readFileSync(join(store, "hashes.log"));
  expect(await run(step("one"), first)).toEqual(one);
  expect(readFileSync(join(store, "hashes.log")).equals(log)).toBe(true);
  const two = await run(step("two"), first);
  expect(two.kept).toEqual([]);
  expect(two.report).toMatchObject({ documents: 3, kept: 0, dropped: { duplicate: 3 } });
}, 60_000);

test("split spreads documents so that those which begin alike come together, and loses none", async () => {
  const out = join(root, "split");
  const documents = Array.from({ length: 60 }, (_, i) => verse(`d${i}`, i));
  const copies = documents.map((document) => ({ ...document, id: `${document.id}-copy` }));
  const all = [...documents, ...copies, { ...verse("none", 0), text: "" }];
  const program = startData(["split", "--parts", "3", "--out", out], root, {
    input: toLines(all),
  });
  expect(await program.code, program.err()).toBe(0);
  const names = readdirSync(out).sort();
  expect(names).toEqual(["part-0.jsonl", "part-1.jsonl", "part-2.jsonl"]);
  const parts = names.map((name) => fromLines<Document>(readFileSync(join(out, name), "utf8")));
  expect(parts.flat().sort(byId)).toEqual([...all].sort(byId));
  expect(parts.every((part) => part.length > 10)).toBe(true);
  const partOf = (id: string): number =>
    parts.findIndex((part) => part.some((one) => one.id === id));
  expect(documents.filter(({ id }) => partOf(id) !== partOf(`${id}-copy`))).toEqual([]);
}, 60_000);

function byId(a: Document, b: Document): number {
  return a.id < b.id ? -1 : 1;
}
