import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { showSample } from "../cli/data-show.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import { FIXED_TOKENS } from "../tokenizer/vocabulary.ts";
import { addDataset } from "./add-dataset.ts";
import { readCorpus } from "./read-corpus.ts";
import { openShardWriter } from "./shards/shard-writer.ts";
import { type DataChange, watchDatasets } from "./watch-datasets.ts";

const model = { vocab_size: 30, prompt_types: 8, segment_types: 4 };
let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "watch-"));
  writeFileSync(join(directory, "vocab.txt"), `${FIXED_TOKENS.join("\n")}\n`);
  writeFileSync(join(directory, "report.json"), "[]");
  writeShard("0-a.plain.train", [10, 11, 12], 3);
  writeShard("1-b.plain.train", [13, 14], 2);
  writeFile([entry("chinese", "0-a.plain.train", 1), entry("english", "1-b.plain.train", 1)]);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function writeShard(path: string, words: number[], records: number): void {
  const writer = openShardWriter(join(directory, path));
  for (let i = 0; i < records; i += 1) {
    writer.append(Uint16Array.from(words));
  }
  writer.close();
}

function entry(name: string, path: string, weight: number): object {
  return { dataset_name: name, task_name: "plain", weight, path };
}

function writeFile(content: unknown): void {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(join(directory, "datasets.json"), text);
}

function begin(quietMs = 0): (judge?: string | null) => DataChange | null {
  const corpus = readCorpus(directory, model);
  if (corpus === null) {
    throw new Error("The corpus must be there.");
  }
  const look = watchDatasets({ corpus, model, quietMs });
  return (judge = null) => look(() => judge);
}

const A = entry("chinese", "0-a.plain.train", 1);
const B = entry("english", "1-b.plain.train", 1);

test("nothing is told while nothing changes; a new weight, an added and a masked dataset are told once", () => {
  const look = begin();
  expect(look()).toBeNull();
  writeFile([entry("chinese", "0-a.plain.train", 0.25), B]);
  const weighed = look();
  expect(weighed).toMatchObject({
    kind: "changed",
    message: "plain.chinese (0-a.plain.train): weight 1 → 0.25",
  });
  expect(look()).toBeNull();

  writeShard("news", [20, 21], 4);
  writeFile([A, { ...B, mask: true }, entry("news", "news", 0.5)]);
  const added = look();
  expect(added?.message).toBe(
    "added plain.news (news) with weight 0.5 and 4 records; left out plain.english (1-b.plain.train); plain.chinese (0-a.plain.train): weight 0.25 → 1",
  );
  expect(added?.kind === "changed" && added.train.map(({ store }) => [...store.read(1)])).toEqual([
    [10, 11, 12],
    [20, 21],
  ]);
  expect(look()).toBeNull();
});

test("documents that are added while it is drawn from are there at the next look, cues and held-out ones too", async () => {
  const letters = [..."春江花月夜人。，"];
  writeFileSync(join(directory, "vocab.txt"), `${[...FIXED_TOKENS, ...letters].join("\n")}\n`);
  const look = begin();
  const { data } = findRecipe("tiny", {});
  const poem = "春江花月夜，春江花月人。人月花江春，夜月花江春。春夜江人花，月夜江花人。";
  const { key, cues } = await addDataset({
    directory,
    data: { ...data, tasks: { ...data.tasks, rewrite: 0.5 } },
    name: "poems",
    weight: 2,
    documents: (async function* () {
      for (let i = 0; i < 300; i += 1) {
        yield {
          id: `${i}`,
          text: `${poem}${letters[i % 5]}${letters[(i * 7) % 6]}${poem}${"夜".repeat(i)}`,
          source: "poem",
          lang: "zh" as const,
        };
      }
    })(),
  });
  const change = look();
  expect([key, change?.kind]).toEqual(["added-1-poems", "changed"]);
  const added = change?.kind === "changed" ? change.train.slice(2) : [];
  expect(added.map(({ name, task, weight }) => [name, task, weight])).toEqual([
    ["poems", "plain", 2],
    ["poems", "rewrite", 1],
  ]);
  const held = change?.kind === "changed" ? change.heldOut : [];
  const count = (list: typeof added, task: string): number =>
    list
      .filter((dataset) => dataset.task === task)
      .reduce((sum, { store }) => sum + store.count, 0);
  expect(count(held, "plain")).toBeGreaterThan(0);
  expect(count(added, "plain") + count(held, "plain")).toBe(300);
  expect(count(added, "rewrite") + count(held, "rewrite")).toBe(cues["rewrite"]);
  expect(showSample(directory, `${key}.plain.train#0`)).toMatch(/^春江花月夜，/);
  expect(showSample(directory, `${key}.rewrite.train#0`).split("\n")).toHaveLength(2);
  expect(() => showSample(directory, "nowhere#1")).toThrow(/no dataset at nowhere/);
});

test("blocks that meta.bin masks, and records that were added, are noticed without a change of the file", () => {
  const look = begin();
  writeShard("0-a.plain.train", [10], 7);
  expect(look()?.message).toBe("plain.chinese (0-a.plain.train): 3 → 7 records");
  const meta = join(directory, "1-b.plain.train", "meta.bin");
  writeFileSync(meta, readFileSync(meta, "utf8").replace('"mask":false', '"mask":true'));
  expect(look()?.message).toBe("plain.english (1-b.plain.train): 2 → 0 records");
});

test("a file cut anywhere is refused once, the data stay, and the mended file is taken", () => {
  const text = JSON.stringify([entry("chinese", "0-a.plain.train", 3), B]);
  const look = begin();
  for (const length of [0, 1, 20, text.length - 1]) {
    writeFile(text.slice(0, length));
    const refused = look();
    expect([refused?.kind, refused?.message]).toEqual([
      "refused",
      expect.stringMatching(/datasets\.json cannot be used .*Mend it and save it again/s),
    ]);
    expect(look()).toBeNull();
  }
  writeFile(text);
  expect(look()?.message).toContain("weight 1 → 3");
});

test("what is wrong is named: a weight, a path twice, no shard, a damaged shard, ids beyond the model, another vocabulary", () => {
  const look = begin();
  const damage = (): void => {
    writeShard("bad", [10, 11], 2);
    const path = join(directory, "bad", "data.bin");
    const bytes = readFileSync(path);
    bytes[6] = 99;
    writeFileSync(path, bytes);
  };
  const cases: [content: unknown, expected: RegExp, prepare?: () => void][] = [
    [[entry("chinese", "0-a.plain.train", -1), B], /0\.weight/],
    [[A, A], /two entries have the same path/],
    [[A, entry("news", "nowhere", 1)], /nowhere.*meta\.bin cannot be read/],
    [[A, entry("news", "bad", 1)], /bad is damaged \(data\.bin is not what was written\)/, damage],
    [
      [A, entry("news", "big", 1)],
      /record 0 of big has the token 30/,
      () => writeShard("big", [30], 1),
    ],
    [[A], /another vocabulary/, () => writeFileSync(join(directory, "vocab.txt"), "<pad>\n")],
  ];
  for (const [content, expected, prepare] of cases) {
    prepare?.();
    writeFile(content);
    const refused = look();
    expect([refused?.kind, refused?.message]).toEqual(["refused", expect.stringMatching(expected)]);
  }
});

test("data that are not wanted are refused with the reason, and what was open stays open", () => {
  const look = begin();
  writeShard("news", [20], 1);
  writeFile([entry("news", "news", 1)]);
  expect(look("nothing to draw")).toEqual({ kind: "refused", message: "nothing to draw" });
  writeFile([A, B, entry("news", "news", 1)]);
  const taken = look();
  expect(taken?.kind === "changed" && taken.train.map(({ store }) => store.read(0)[0])).toEqual([
    10, 13, 20,
  ]);
});

test("a file that is still being written is left alone until it has been quiet", () => {
  const look = begin(1e9);
  writeFile([entry("chinese", "0-a.plain.train", 0.5), B]);
  expect(look()).toBeNull();
});

test("a corpus that is built anew under the same name is not read half and half", () => {
  const look = begin();
  const copy = `${directory}-copy`;
  cpSync(directory, copy, { recursive: true });
  rmSync(directory, { recursive: true });
  expect(look()?.kind).toBe("refused");
  cpSync(copy, directory, { recursive: true });
  rmSync(copy, { recursive: true });
  expect(look()).toMatchObject({ kind: "changed", message: "nothing that is drawn" });
});
