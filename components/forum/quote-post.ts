type Quoted = { text: string; threadId: number; number: number; name: string };

const MOST_CHARACTERS = 1_200;

/** A post's words as a quotation in Markdown, signed with a link to where they stand. Quotations in them are left out. */
export function quotePost({ text, threadId, number, name }: Quoted): string {
  const own = text
    .split("\n")
    .filter((line) => !/^ {0,3}>/.test(line))
    .join("\n")
    .trim();
  const cut = own.length > MOST_CHARACTERS ? `${own.slice(0, MOST_CHARACTERS)} …` : own;
  const lines = cut.split("\n").map((line) => (line.trim() === "" ? ">" : `> ${line}`));
  return `${lines.join("\n")}\n>\n> [${name}](/forum/t/${threadId}?from=${number}#p${number})\n\n`;
}
