import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findRecipe } from "../../recipes/find-recipe.ts";
import { openCorpus } from "../open-corpus.ts";
import { buildCorpus, corpusDirectory } from "./build-corpus.ts";
import { formatReports } from "./source-report.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "build-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const { data: tiny, model: narrow } = findRecipe("tiny", {});
// Cues stand behind prompts 3 to 7.
const model = { ...narrow, prompt_types: 8 };
const data = { ...tiny, tasks: { ...tiny.tasks, summary: 1, qa: 1, rewrite: 1, "zh-en": 1 } };
const silent = (): void => undefined;
const build = (inputs: string[] = []) => buildCorpus({ data, inputs, directory, progress: silent });

function everyFile(): Record<string, string> {
  const target = corpusDirectory(directory, data);
  const names = [
    "vocab.txt",
    "datasets.json",
    "report.json",
    "0-built-in-chinese.plain.train/data.bin",
    "0-built-in-chinese.qa.train/data.bin",
  ];
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(target, name)).toString("base64")]),
  );
}

test("a second build gives the same bytes, and a broken-off one goes on to them", async () => {
  const reports = await build();
  const first = everyFile();
  await build();
  expect(everyFile()).toEqual(first);
  // What a build leaves that was killed while it wrote shards.
  const target = corpusDirectory(directory, data);
  const work = `${target}.part`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "plan.json"), readFileSync(join(target, "plan.json")));
  for (const file of ["0-built-in-chinese.clean.json", "0-built-in-chinese.kept.jsonl"]) {
    writeFileSync(join(work, file), readFileSync(join(target, file)));
  }
  await build();
  expect(everyFile()).toEqual(first);
  expect(reports.map(({ documents }) => documents)).toEqual([160, 160]);
  expect(formatReports(reports)).toContain("documents 160");
});

test("the built corpus is what training opens; every kept document is in it once", async () => {
  const reports = await build();
  const corpus = await openCorpus({ data, model }, directory, silent);
  for (const { name, kept, tokens } of reports) {
    const plain = [...corpus.train, ...corpus.heldOut].filter(
      (dataset) => dataset.name === name && dataset.task === "plain",
    );
    expect(plain.reduce((sum, { store }) => sum + store.count, 0)).toBe(kept);
    const lengths = plain.flatMap(({ store }) =>
      Array.from({ length: store.count }, (_, i) => store.length(i)),
    );
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(tokens);
    expect(kept).toBeGreaterThan(100);
  }
});

test("files of every kind are read; what is poisoned is counted and passed over; a repeat is a duplicate", async () => {
  // Lines that share no run of thirteen characters: what repeats itself would be dropped before it is compared.
  const text = [
    "第一日，木匠在港口看見一條紅色的小船，他就坐下來等一場大雨。",
    "鎮上的老師和孩子們都說，今年的麥子比去年高，也比去年香。",
    "有人從北方帶來一封信，信中寫著海的顏色，還有冬天的消息。",
    "傍晚的時候，磨坊主人把門關上，為的是不讓風吹走新磨的麵粉。",
    "橋下的水流得很慢，兩個漁夫在月光中數著魚，而後各自回家。",
    "山上的寺院敲了三次鐘，被雪蓋住的小路於是又有人走過。",
    "女孩問她的祖母，星星是不是也要睡覺，祖母笑著點了點頭。",
    "到了秋天，船終於造好，他們在船頭畫上一隻白色的鳥。",
    "",
  ].join("\n");
  const document = JSON.stringify({
    id: "a",
    text,
    source: "built-in-chinese",
    lang: "zh",
    translation: "A carpenter.",
  });
  const poisoned = Buffer.concat([
    Buffer.from(`${document}\n{broken\n`),
    Buffer.from([0xff, 0xfe, 10]),
    Buffer.from(`"\u0000"\n${document}\n`),
  ]);
  const paths = ["a.jsonl", "b.jsonl.gz", "c.jsonl.zst"].map((name) => join(directory, name));
  [poisoned, gzipSync(`${document}\n`), zstdCompressSync(Buffer.from(`${document}\n`))].forEach(
    (bytes, i) => {
      writeFileSync(paths[i] ?? "", bytes);
    },
  );
  const reports = (await build(paths)).slice(2);
  expect(reports.map(({ documents }) => documents)).toEqual([2, 1, 1]);
  expect(reports.map(({ kept, duplicates }) => [kept, duplicates])).toEqual([
    [1, 1],
    [0, 1],
    [0, 1],
  ]);
  expect(reports[0]?.dropped).toMatchObject({ "not JSON": 2, "not valid UTF-8": 1 });
  expect(reports[0]?.cues["zh-en"]).toBe(1);
});
