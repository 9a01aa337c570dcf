import { expect, test } from "vitest";
import { countReasons } from "./count-reasons.ts";

const source = (dropped: Record<string, number>, duplicates: number) => ({
  name: "a",
  source: "a",
  lang: "zh",
  licence: "",
  documents: 100,
  kept: 1,
  dropped,
  duplicates,
  pii: {},
  bytes: 1,
  tokens: 1,
  cues: {},
  meanPerplexity: null,
});

test("reasons stand with a count for each source, the commonest first, duplicates among them", () => {
  expect(countReasons([source({ language: 2, empty: 1 }, 9), source({ language: 5 }, 0)])).toEqual([
    { reason: "duplicate", total: 9, counts: [9, 0] },
    { reason: "language", total: 7, counts: [2, 5] },
    { reason: "empty", total: 1, counts: [1, 0] },
  ]);
  expect(countReasons([source({}, 0)])).toEqual([]);
});
