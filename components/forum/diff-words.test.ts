import fc from "fast-check";
import { expect, test } from "vitest";
import { type DiffPart, diffWords } from "./diff-words.ts";

const without = (parts: DiffPart[], kind: DiffPart["kind"]) =>
  parts
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join("");
const show = (parts: DiffPart[]) =>
  parts
    .map(({ kind, text }) => ({ same: text, added: `+${text}+`, removed: `-${text}-` })[kind])
    .join("");

test("words that came and went are marked, and nothing else", () => {
  expect(show(diffWords("At step 400.", "At step 410."))).toBe("At step -400-+410+.");
  expect(show(diffWords("损失在上升", "损失不再上升"))).toBe(
    "损失+不再+-在-上升".replace("+不再+-在-", "-在-+不再+"),
  );
  expect(show(diffWords("a b c", "a c"))).toBe("a -b -c");
  expect(show(diffWords("same", "same"))).toBe("same");
});
test("both texts can be read out of the difference", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", " ", "去", "重", ".", "\n"))
    .map((all) => all.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after);
      expect(without(parts, "added")).toBe(before);
      expect(without(parts, "removed")).toBe(after);
    }),
  );
});
test("texts that have little in common are replaced whole", () => {
  const many = (word: string) => Array.from({ length: 3_000 }, (_, at) => `${word}${at} `).join("");
  expect(diffWords(many("a"), many("b")).length).toBeLessThan(5);
});
