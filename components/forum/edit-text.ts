/** A text and what is selected in it. */
export type TextEdit = { text: string; from: number; to: number };

/** Puts marks around the selection, or takes them off when they are there. */
export function wrap({ text, from, to }: TextEdit, left: string, right = left): TextEdit {
  const there =
    text.slice(from - left.length, from) === left && text.slice(to, to + right.length) === right;
  if (there && from >= left.length) {
    return {
      text:
        text.slice(0, from - left.length) + text.slice(from, to) + text.slice(to + right.length),
      from: from - left.length,
      to: to - left.length,
    };
  }
  return {
    text: text.slice(0, from) + left + text.slice(from, to) + right + text.slice(to),
    from: from + left.length,
    to: to + left.length,
  };
}

/** Puts a mark before each selected line, or takes it off when every line has it. */
export function markLines({ text, from, to }: TextEdit, mark: string): TextEdit {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const found = text.indexOf("\n", to);
  const end = found < 0 ? text.length : found;
  const lines = text.slice(start, end).split("\n");
  const marked = lines.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => (marked ? line.slice(mark.length) : mark + line)).join("\n");
  return {
    text: text.slice(0, start) + changed + text.slice(end),
    from: start,
    to: start + changed.length,
  };
}

/** Puts a block on lines of its own; `inside` of it is selected. */
export function putBlock({ text, from, to }: TextEdit, open: string, close: string): TextEdit {
  const before = text.slice(0, from);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const inside = text.slice(from, to);
  const start = from + gap.length + open.length + 1;
  return {
    text: `${before}${gap}${open}\n${inside}\n${close}\n${text.slice(to)}`,
    from: start,
    to: start + inside.length,
  };
}
