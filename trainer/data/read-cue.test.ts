import { expect, test } from "vitest";
import { createVocabulary, FIXED_TOKENS } from "../tokenizer/vocabulary.ts";
import { encodeCue } from "./build/encode-cue.ts";
import { targetsOf } from "./make-sample.ts";
import { openSamples } from "./open-samples.ts";
import { Random } from "./random.ts";
import { readCue } from "./read-cue.ts";
import { inMemory } from "./record-store.ts";

const vocabulary = createVocabulary([...FIXED_TOKENS, ..."春江花月夜人"]);
const [SPRING, RIVER, FLOWER, MOON, NIGHT] = [10, 11, 12, 13, 14];
const [MASK, BEGIN, END] = [2, 6, 7];
const QA = {
  task: "qa" as const,
  parts: [
    { text: "春江", segment: 1 },
    { text: "<mask>月", segment: 2 },
    { text: "花夜", segment: 3 },
  ],
};

test("a cue that was written is read as a sample: its last part but the first token must be predicted", () => {
  const sample = readCue(encodeCue(vocabulary, QA));
  expect(sample).toEqual({
    task: 4,
    slot: 4,
    segment: 1,
    tokens: [BEGIN, SPRING, RIVER, END, BEGIN, MASK, MOON, END, BEGIN, FLOWER, NIGHT, END],
    hidden: [9, 10, 11],
    parts: [
      [4, 1],
      [4, 2],
      [4, 3],
    ],
  });
  const none = Array.from({ length: 8 }, () => -100);
  expect([...targetsOf(sample)]).toEqual([...none, FLOWER, NIGHT, END, -100]);
});

test("a cue longer than a row is skipped, not cut; the others keep their numbers", () => {
  const short = { ...QA, task: "summary" as const, parts: QA.parts.slice(0, 2) };
  const records = [QA, short].map((cue) => encodeCue(vocabulary, cue));
  const tokens = Uint16Array.from(records.flatMap((record) => [...record]));
  const starts = Uint32Array.of(0, records[0]?.length ?? 0, tokens.length);
  const store = inMemory({ tokens, starts });
  const dataset = { key: "0-a.qa.train", name: "chinese", task: "qa" as const, weight: 1, store };
  const samples = openSamples(dataset, { rows: 1, length: 12, promptLength: 2 });
  expect(samples.count).toBe(1);
  expect(samples.make(0, Random.fromSeed(1))).toMatchObject({ slot: 3, id: "0-a.qa.train#1" });
});
