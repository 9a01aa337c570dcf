import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../platform/errors.ts";
import { parseJson } from "./parse-json.ts";

const parse = (text: string) => parseJson(Buffer.from(text, "utf8"));

describe("parseJson", () => {
  test("bare NaN, Infinity and -Infinity become strings, wherever they stand", () => {
    expect(parse('{"a":[NaN,Infinity,-Infinity,1],"b": NaN}')).toEqual({
      a: ["NaN", "Infinity", "-Infinity", 1],
      b: "NaN",
    });
  });

  test("the words inside strings and keys stay as they are", () => {
    expect(parse('{"NaN":"say \\"NaN\\" or -Infinity","x":NaN}')).toEqual({
      NaN: 'say "NaN" or -Infinity',
      x: "NaN",
    });
  });

  test("any JSON value survives, also when bare words stand beside it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parse(text)).toEqual(JSON.parse(text));
        expect(parse(`[${text},NaN]`)).toEqual([JSON.parse(text), "NaN"]);
      }),
    );
  });

  test.each([
    ["words that only resemble the three", "[nan]"],
    ["a word glued to another", "[NaNs]"],
    ["a sign before NaN", "[-NaN]"],
    ["a body cut off in a string", '{"a":"NaN'],
    ["nothing", ""],
    ["white space", "  \n"],
  ])("%s is refused with a message", (_what, text) => {
    expect(() => parse(text)).toThrow(AppError);
  });

  test("bytes that are not UTF-8 are refused", () => {
    expect(() => parseJson(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toThrow(/UTF-8/);
  });

  test("a byte order mark is skipped", () => {
    expect(parse("\uFEFF[1]")).toEqual([1]);
  });

  test("NUL and half surrogate pairs, which Postgres cannot keep, become U+FFFD in keys and values", () => {
    expect(parse('{"a\\u0000":["\\ud800x","\\uD83D\\uDE00"]}')).toEqual({
      "a\uFFFD": ["\uFFFDx", "😀"],
    });
  });

  test("nesting of any depth is an answer, not a crash", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    expect(() => parse(`${deep.slice(0, 200_000)}"\\u0000"${deep.slice(200_000)}`)).toThrow(
      AppError,
    );
  });
});
