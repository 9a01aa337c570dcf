/** A member's name as it is written after the @; not inside a word or an address. */
const MENTION = /(?<![\w@/.])@([a-z0-9][a-z0-9-]{1,38}[a-z0-9])(?![\w@]|-[a-z0-9])/gi;
/** Code and links are left alone, wherever they stand. */
const APART = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`|\[[^\]\n]*\]\([^)\n]*\)/g;

export type TextPart = { text: string } | { name: string };

/** Cuts a text at its mentions. */
export function splitMentions(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(MENTION)) {
    parts.push({ text: text.slice(at, match.index) }, { name: match[1] ?? "" });
    at = match.index + match[0].length;
  }
  parts.push({ text: text.slice(at) });
  return parts.filter((part) => "name" in part || part.text !== "");
}

/** The names mentioned in a Markdown text, each once, in lower case. */
export function mentionedNames(markdown: string): string[] {
  const parts = splitMentions(markdown.replaceAll(APART, " "));
  return [...new Set(parts.flatMap((part) => ("name" in part ? [part.name.toLowerCase()] : [])))];
}
