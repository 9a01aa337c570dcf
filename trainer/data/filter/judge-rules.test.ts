import { describe, expect, test } from "vitest";
import { judgeRules } from "./judge-rules.ts";
import { type Thresholds, thresholdsFor } from "./thresholds.ts";

const OFF: Thresholds = {
  minWords: null,
  maxWords: null,
  minCharacters: null,
  meanWordLength: null,
  alphabeticWords: 0,
  languageShare: null,
  hanShare: null,
  minStopWords: null,
  hashPerWord: null,
  ellipsisPerWord: null,
  bulletLines: null,
  ellipsisLines: null,
  terminalLines: null,
  shortLines: null,
  meanLineLength: null,
  duplicateLineCharacters: null,
  newLinesPerWord: null,
  duplicateLines: null,
  duplicateParagraphs: null,
  duplicateParagraphCharacters: null,
  topGrams: null,
  duplicateGrams: null,
  duplicate13Grams: null,
  boilerplateDocuments: null,
  minSentences: null,
  minLinesKept: null,
  curlyBrackets: false,
  loremIpsum: false,
  badWordsPerLine: null,
  badWordCharacters: null,
  lines: thresholdsFor("en", "poem").lines,
};

/** A text whose measure was worked out by hand: it stays with this limit, and goes with the next stricter one. */
type Case = {
  field: keyof Thresholds;
  reason: string;
  measure: number;
  /** The document is dropped when its measure is below (least) or above (most) the limit. */
  limit: "least" | "most";
  en?: string;
  zh?: string;
};

const CASES: Case[] = [
  {
    field: "minWords",
    reason: "too-short",
    measure: 4,
    limit: "least",
    en: "a b c d",
    zh: "甲乙丙丁",
  },
  {
    field: "maxWords",
    reason: "too-long",
    measure: 4,
    limit: "most",
    en: "a b c d",
    zh: "甲乙丙丁",
  },
  {
    field: "minCharacters",
    reason: "too-short",
    measure: 4,
    limit: "least",
    en: "ab d",
    zh: "甲乙丙丁",
  },
  {
    field: "alphabeticWords",
    reason: "alphabetic-words",
    measure: 0.5,
    limit: "least",
    en: "ab 12 cd 34",
    zh: "甲 12 乙 34",
  },
  {
    field: "languageShare",
    reason: "language",
    measure: 0.5,
    limit: "least",
    en: "abc 甲乙丙",
    zh: "甲乙丙 abc",
  },
  {
    field: "languageShare",
    reason: "language",
    measure: 0.75,
    limit: "least",
    en: "the of and to is was le des",
    zh: "甲乙丙の",
  },
  { field: "hanShare", reason: "han-share", measure: 0.5, limit: "least", zh: "甲乙 1" },
  {
    field: "minStopWords",
    reason: "stop-words",
    measure: 2,
    limit: "least",
    en: "The cat and",
    zh: "甲的乙了",
  },
  {
    field: "hashPerWord",
    reason: "hash-signs",
    measure: 0.25,
    limit: "most",
    en: "a # b c d",
    zh: "甲#乙丙丁",
  },
  {
    field: "ellipsisPerWord",
    reason: "ellipses",
    measure: 0.25,
    limit: "most",
    en: "a... b c d",
    zh: "甲……乙丙丁",
  },
  {
    field: "bulletLines",
    reason: "bullet-lines",
    measure: 0.5,
    limit: "most",
    en: "- a\nb",
    zh: "• 甲\n乙",
  },
  {
    field: "ellipsisLines",
    reason: "ellipsis-lines",
    measure: 0.5,
    limit: "most",
    en: "a...\nb",
    zh: "甲…\n乙",
  },
  {
    field: "terminalLines",
    reason: "line-ends",
    measure: 0.5,
    limit: "least",
    en: "a.\nb",
    zh: "甲。\n乙",
  },
  {
    field: "meanLineLength",
    reason: "mean-line-length",
    measure: 3,
    limit: "least",
    en: "ab\nabcd",
    zh: "甲乙\n甲乙丙丁",
  },
  {
    field: "newLinesPerWord",
    reason: "new-lines",
    measure: 0.25,
    limit: "most",
    en: "a b\nc d",
    zh: "甲乙\n丙丁",
  },
  {
    field: "duplicateLines",
    reason: "duplicate-lines",
    measure: 0.25,
    limit: "most",
    en: "ab\nab\nc\nd",
    zh: "甲\n甲\n乙\n丙",
  },
  {
    field: "duplicateLineCharacters",
    reason: "duplicate-line-characters",
    measure: 0.25,
    limit: "most",
    en: "ab\nab\ncd",
    zh: "甲乙\n甲乙\n丙丁",
  },
  {
    field: "duplicateParagraphs",
    reason: "duplicate-paragraphs",
    measure: 0.25,
    limit: "most",
    en: "ab\n\nab\n\nc\n\nd",
    zh: "甲\n\n甲\n\n乙\n\n丙",
  },
  {
    field: "duplicateParagraphCharacters",
    reason: "duplicate-paragraph-characters",
    measure: 0.375,
    limit: "most",
    en: "abc\n\nabc",
    zh: "甲乙丙\n\n甲乙丙",
  },
  {
    field: "duplicate13Grams",
    reason: "duplicate-13-grams",
    measure: 13 / 27,
    limit: "most",
    en: repeated(13, "a", " "),
    zh: repeated(13, "一", ""),
  },
  {
    field: "minSentences",
    reason: "few-sentences",
    measure: 2,
    limit: "least",
    en: "It is 3.5 m. Oh!",
    zh: "甲。乙？丙",
  },
  {
    field: "minLinesKept",
    reason: "few-lines",
    measure: 2,
    limit: "least",
    en: "a\n\nb",
    zh: "甲\n\n乙",
  },
  {
    field: "badWordsPerLine",
    reason: "bad-words",
    measure: 1,
    limit: "most",
    en: "porn xxx\nc",
    zh: "色情博彩\n甲",
  },
  {
    field: "badWordCharacters",
    reason: "bad-words",
    measure: 0.25,
    limit: "most",
    en: "xxx abcdefgh",
    zh: "色情甲乙丙丁戊己",
  },
];

/** n different words, the same again, and one more: n of 2n + 1 characters repeat. */
function repeated(n: number, first: string, gap: string): string {
  const word = (i: number): string => String.fromCharCode(first.charCodeAt(0) + i);
  const once = Array.from({ length: n }, (_, i) => word(i));
  return [...once, ...once, word(n)].join(gap);
}

const STEP = 1e-9;
const judge = (text: string, lang: "en" | "zh", limits: Partial<Thresholds>): string | null =>
  judgeRules(text, lang, { ...OFF, ...limits });

describe("each limit is met exactly, in both languages", () => {
  for (const { field, reason, measure, limit, ...texts } of CASES) {
    for (const [lang, text] of Object.entries(texts) as ["en" | "zh", string][]) {
      test(`${field}, ${lang}: ${JSON.stringify(text.slice(0, 24))} measures ${measure}`, () => {
        const stricter = limit === "least" ? STEP : -STEP;
        expect(judge(text, lang, { [field]: measure - stricter })).toBeNull();
        expect(judge(text, lang, { [field]: measure })).toBeNull();
        expect(judge(text, lang, { [field]: measure + stricter })).toBe(reason);
      });
    }
  }

  test.each([
    ["en", "ab abcd", 3],
    ["zh", "甲乙", 1],
  ] as const)("mean word length, %s", (lang, text, mean) => {
    expect(judge(text, lang, { meanWordLength: [mean, mean] })).toBeNull();
    expect(judge(text, lang, { meanWordLength: [mean + STEP, 9] })).toBe("mean-word-length");
    expect(judge(text, lang, { meanWordLength: [0, mean - STEP] })).toBe("mean-word-length");
  });

  test.each([
    ["en", "abc\nabcd"],
    ["zh", "甲乙丙\n甲乙丙丁"],
  ] as const)("short lines, %s", (lang, text) => {
    expect(judge(text, lang, { shortLines: { characters: 3, share: 0.5 } })).toBeNull();
    expect(judge(text, lang, { shortLines: { characters: 2, share: 0 } })).toBeNull();
    expect(judge(text, lang, { shortLines: { characters: 3, share: 0.5 - STEP } })).toBe(
      "short-lines",
    );
  });

  test.each([2, 3, 4])("the commonest %i-gram", (n) => {
    for (const [lang, first, gap] of [
      ["en", "a", " "],
      ["zh", "一", ""],
    ] as const) {
      const share = (2 * n) / (2 * n + 1);
      const limits = (value: number) => {
        const topGrams: [number, number, number] = [1, 1, 1];
        topGrams[n - 2] = value;
        return { topGrams };
      };
      expect(judge(repeated(n, first, gap), lang, limits(share))).toBeNull();
      expect(judge(repeated(n, first, gap), lang, limits(share - STEP))).toBe(`top-${n}-gram`);
    }
  });

  test.each([5, 6, 7, 8, 9, 10])("repeated %i-grams", (n) => {
    for (const [lang, first, gap] of [
      ["en", "a", " "],
      ["zh", "一", ""],
    ] as const) {
      const share = n / (2 * n + 1);
      const limits = (value: number) => {
        const duplicateGrams: Thresholds["duplicateGrams"] = [1, 1, 1, 1, 1, 1];
        duplicateGrams[n - 5] = value;
        return { duplicateGrams };
      };
      expect(judge(repeated(n, first, gap), lang, limits(share))).toBeNull();
      expect(judge(repeated(n, first, gap), lang, limits(share - STEP))).toBe(
        `duplicate-${n}-grams`,
      );
    }
  });

  test("placeholder text and curly brackets", () => {
    expect(judge("a Lorem  ipsum", "en", { loremIpsum: true })).toBeNull();
    expect(judge("a Lorem ipsum", "en", { loremIpsum: true })).toBe("lorem-ipsum");
    expect(judge("a (b)", "en", { curlyBrackets: true })).toBeNull();
    expect(judge("a {b}", "en", { curlyBrackets: true })).toBe("curly-bracket");
  });
});

test("the limits are the table's", () => {
  expect(thresholdsFor("en", "web")).toMatchObject({
    minWords: 50,
    maxWords: 100_000,
    meanWordLength: [3, 10],
    alphabeticWords: 0.8,
    languageShare: 0.65,
    minStopWords: 2,
    hashPerWord: 0.1,
    ellipsisPerWord: 0.1,
    bulletLines: 0.9,
    ellipsisLines: 0.3,
    terminalLines: 0.12,
    shortLines: { characters: 30, share: 0.67 },
    duplicateLineCharacters: 0.01,
    newLinesPerWord: 0.3,
    duplicateLines: 0.3,
    duplicateParagraphs: 0.3,
    duplicateParagraphCharacters: 0.2,
    topGrams: [0.2, 0.18, 0.16],
    duplicateGrams: [0.15, 0.14, 0.13, 0.12, 0.11, 0.1],
    minSentences: 5,
  });
  expect(thresholdsFor("zh", "web")).toMatchObject({
    minCharacters: 200,
    meanWordLength: [1, 5],
    alphabeticWords: 0.735,
    languageShare: 0.692,
    hanShare: 0.3,
    terminalLines: 0.106,
    meanLineLength: 10,
    newLinesPerWord: 0.178,
    duplicateLines: 0.287,
    topGrams: [0.256, 0.201, 0.171],
    duplicateGrams: [0.198, 0.182, 0.167, 0.154, 0.14, 0.127],
    duplicate13Grams: 0.5,
    minLinesKept: 5,
    badWordsPerLine: 0.5,
    badWordCharacters: 0.05,
  });
});
