import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { decode } from "../tokenizer/decode.ts";
import { builtInText } from "./built-in-text.ts";
import { cleanText } from "./clean-text.ts";
import type { Dataset } from "./dataset.ts";
import { isHeldOut } from "./document-hash.ts";
import { type Corpus, type CorpusPlan, prepareCorpus } from "./prepare-corpus.ts";
import type { RecordStore } from "./record-store.ts";

const PLAN: CorpusPlan = {
  sources: [
    { name: "chinese", lang: "zh", builtIn: true },
    { name: "english", lang: "en", builtIn: true },
  ],
  vocabulary: { size: 320, subwords: 60 },
};
const silent = (): void => {};
let directory = "";

function recordsOf(store: RecordStore | undefined): number[][] {
  return Array.from({ length: store?.count ?? 0 }, (_, i) => [...(store?.read(i) ?? [])]);
}

function contentOf({ train, heldOut, ...rest }: Corpus) {
  const content = ({ store, ...dataset }: Dataset) => ({ ...dataset, records: recordsOf(store) });
  return { ...rest, train: train.map(content), heldOut: heldOut.map(content) };
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "corpus-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test("the second preparation reads the first one's files and gives the same corpus", async () => {
  const first = await prepareCorpus(PLAN, directory, silent);
  const labels: string[] = [];
  const second = await prepareCorpus(PLAN, directory, (label) => labels.push(label));
  expect(labels).toEqual([]);
  expect(contentOf(second)).toEqual(contentOf(first));
});

test("a damaged file is noticed and the corpus prepared again", async () => {
  const first = await prepareCorpus(PLAN, directory, silent);
  const [prepared] = await readdir(directory);
  await writeFile(join(directory, prepared ?? "", "english.train.bin"), "rubbish");
  const again = await prepareCorpus(PLAN, directory, silent);
  expect(contentOf(again)).toEqual(contentOf(first));
});

test("held-out documents are about one in a hundred and never among the training documents", async () => {
  const { vocabulary, train, heldOut } = await prepareCorpus(PLAN, directory, silent);
  const texts = builtInText("zh");
  const kept = texts.filter(isHeldOut);
  const held = heldOut.find(({ name }) => name === "chinese")?.store;
  expect(recordsOf(held).map((ids) => decode(vocabulary, ids))).toEqual(kept);
  const trained = train.find(({ name }) => name === "chinese")?.store;
  expect(trained?.count).toBe(texts.length - kept.length);
});

test("cleaning keeps traditional characters, joins blanks and refuses damaged texts", () => {
  expect(cleanText("舉頭望明月，\t\t低頭思故鄉。\r\n床前明月光，疑是地上霜。 ")).toBe(
    "舉頭望明月， 低頭思故鄉。\n床前明月光，疑是地上霜。",
  );
  expect(cleanText("床前□月光，疑是地上霜。舉頭望明月，低頭思故鄉。床前明月光")).toBeNull();
  expect(cleanText("短")).toBeNull();
});
