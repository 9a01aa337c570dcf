import { expect, test } from "vitest";
import { findWords } from "./find-words.ts";

const show = (text: string, q: string) =>
  findWords(text, q)
    .map((part) => (part.found ? `[${part.text}]` : part.text))
    .join("");

test("searched words are found in any case, also Chinese ones, and operators are not", () => {
  expect(show("The Loss fell: 损失下降", "loss 损失 in:tools by:ada")).toBe(
    "The [Loss] fell: [损失]下降",
  );
});
test("marks of the search language are no patterns", () => {
  expect(show("a+b (c) a.c", '"b" (c) .* [')).toBe("a+b (c) a.c");
  expect(show("nothing", "")).toBe("nothing");
});
