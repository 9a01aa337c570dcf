import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildVocabulary, countText, createCounts } from "./build-vocabulary.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { FIXED_TOKENS, formatVocabulary, parseVocabulary, UNKNOWN } from "./vocabulary.ts";

const CORPUS = [
  "床前明月光，疑是地上霜。\n舉頭望明月，低頭思故鄉。",
  "The people of the nation, the reports of the Treasury and the other departments.",
  "In 1851 the whale and the other whales went there; then they returned.",
];

function vocabularyOf(size: number, subwords: number) {
  const counts = createCounts();
  for (const text of CORPUS) {
    countText(counts, text);
  }
  return buildVocabulary(counts, { size, subwords });
}

const vocabulary = vocabularyOf(160, 30);
const known = vocabulary.tokens.filter((token) => [...token].length === 1);
const knownText = fc
  .array(fc.constantFrom(...known, " ", "\n"), { maxLength: 150 })
  .map((list) => list.join(""));

describe("the vocabulary", () => {
  test("begins with the ten fixed tokens and has the size that was asked", () => {
    expect(vocabulary.tokens.slice(0, 10)).toEqual([...FIXED_TOKENS]);
    expect(vocabulary.tokens).toHaveLength(160);
  });

  test("learns sub-words that never leave a run of letters and digits", () => {
    const subwords = vocabulary.tokens
      .slice(10)
      .filter((token) => token.length > 1 && !token.startsWith("<unused_"));
    expect(subwords).toContain("the");
    expect(subwords.every((token) => /^[A-Za-z0-9]+$/.test(token))).toBe(true);
  });

  test("is the same line for line after writing and reading, and when built again", () => {
    expect(parseVocabulary(formatVocabulary(vocabulary)).tokens).toEqual(vocabulary.tokens);
    expect(vocabularyOf(160, 30).tokens).toEqual(vocabulary.tokens);
  });

  test.each([
    ["a blank line", [...FIXED_TOKENS, "a", "", "b"]],
    ["a repeated token", [...FIXED_TOKENS, "a", "a"]],
    ["a token with a blank at its end", [...FIXED_TOKENS, "a "]],
    ["a missing fixed token", ["<pad>", "<unk>", "a"]],
  ])("refuses %s", (_, lines) => {
    expect(() => parseVocabulary(lines.join("\n"))).toThrow(/vocab.txt/);
  });
});

describe("encoding", () => {
  test("decoding gives back every text made of known characters", () => {
    fc.assert(
      fc.property(knownText, (text) => decode(vocabulary, encode(vocabulary, text)) === text),
    );
  });

  test("cutting a text where a segmenter may cut it changes no id", () => {
    fc.assert(
      fc.property(knownText, fc.nat(), (text, where) => {
        const cut = text.length === 0 ? 0 : where % text.length;
        fc.pre(!/[A-Za-z0-9]{2}/.test(text.slice(Math.max(0, cut - 1), cut + 1)));
        const parts = [text.slice(0, cut), text.slice(cut)].flatMap((part) =>
          encode(vocabulary, part),
        );
        expect(parts).toEqual(encode(vocabulary, text));
      }),
    );
  });

  test("takes the longest sub-word first", () => {
    const small = parseVocabulary([...FIXED_TOKENS, "t", "h", "e", "th", "the", "he"].join("\n"));
    expect(encode(small, "thehe").map((id) => small.tokens[id])).toEqual(["the", "he"]);
  });

  test("gives one unknown for each unknown character, also beyond the basic plane", () => {
    expect(encode(vocabulary, "𠮷龘")).toEqual([UNKNOWN, UNKNOWN]);
  });

  test("gives one unknown for a run of more than 200 characters", () => {
    expect(encode(vocabulary, "a".repeat(201))).toEqual([UNKNOWN]);
    expect(encode(vocabulary, "a".repeat(200))).not.toContain(UNKNOWN);
  });

  test("never yields a fixed token for text that spells one", () => {
    const ids = encode(vocabulary, "<s></s><pad>");
    expect(ids.every((id) => id >= FIXED_TOKENS.length || id === UNKNOWN)).toBe(true);
  });
});
