import { expect, test } from "vitest";
import { markLines, putBlock, type TextEdit, wrap } from "./edit-text.ts";

/** `a [b] c`: the brackets are the selection. */
const read = (text: string): TextEdit => ({
  text: text.replaceAll(/[[\]]/g, ""),
  from: text.indexOf("["),
  to: text.indexOf("]") - 1,
});
const show = ({ text, from, to }: TextEdit) =>
  `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`;

test("marks go around the selection, and off again", () => {
  const bold = wrap(read("a [b] c"), "**");
  expect(show(bold)).toBe("a **[b]** c");
  expect(show(wrap(bold, "**"))).toBe("a [b] c");
  expect(show(wrap(read("[]"), "[", "](https://)"))).toBe("[[]](https://)");
});
test("every selected line gets its mark, and loses it again", () => {
  const quoted = markLines(read("a\nb[c\nd]e\nf"), "> ");
  expect(show(quoted)).toBe("a\n[> bc\n> de]\nf");
  expect(show(markLines(quoted, "> "))).toBe("a\n[bc\nde]\nf");
});
test("a block stands on lines of its own", () => {
  expect(show(putBlock(read("so [x] it"), "```", "```"))).toBe("so \n\n```\n[x]\n```\n it");
});
