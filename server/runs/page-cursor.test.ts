import { expect, test } from "vitest";
import { fromCursor, toCursor } from "./page-cursor.ts";

test("a cursor comes back as it was made", () => {
  expect(fromCursor(toCursor([1_700_000_000_000, "run_x"]), ["number", "string"])).toEqual([
    1_700_000_000_000,
    "run_x",
  ]);
});

test.each([
  "",
  "!!!",
  "bm90IGpzb24",
  toCursor([1]),
  toCursor(["a", 1]),
  toCursor([1.5, "a"]),
  toCursor([2 ** 60, "a"]),
  toCursor([1, "a\0"]),
])("%j was not handed out and is refused", (cursor) => {
  expect(() => fromCursor(cursor, ["number", "string"])).toThrow(/Begin again/);
});
