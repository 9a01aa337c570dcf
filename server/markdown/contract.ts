// What a member's text may refer to: members by @name, runs by their address, posts by a quotation. Pages draw these and
// the server acts on them, so both read them here.

/** A member's name as it is written after the @; not inside a word or an address. */
const MENTION = /(?<![\w@/.])@([a-z0-9][a-z0-9-]{1,38}[a-z0-9])(?![\w@]|-[a-z0-9])/gi;
const CODE = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`/g;
const LINK = /\[[^\]\n]*\]\([^)\n]*\)/g;

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

/** The names mentioned in a Markdown text outside code, links and quotations, each once, in lower case. */
export function mentionedNames(markdown: string): string[] {
  const plain = markdown
    .replaceAll(CODE, " ")
    .replaceAll(LINK, " ")
    .replaceAll(/^ {0,3}>.*$/gm, " ");
  const parts = splitMentions(plain);
  return [...new Set(parts.flatMap((part) => ("name" in part ? [part.name.toLowerCase()] : [])))];
}

/** A run, or a span of its steps, that a text refers to by its address. */
export type Citation = { runId: string; from: number | null; to: number | null };

const ADDRESS =
  /^(?:https?:\/\/([^/]+))?(?:\/(?:en|zh))?\/runs\/([A-Za-z0-9_-]{1,64})\/?(?:\?([^#]*))?(?:#e?-?(\d+))?$/;

/** Reads `/runs/ID?from=…&to=…` (with or without language and our own host); null for any other address. */
export function readCitation(href: string, host?: string): Citation | null {
  const match = ADDRESS.exec(href);
  const runId = match?.[2];
  if (match === null || runId === undefined || (match[1] !== undefined && match[1] !== host)) {
    return null;
  }
  const params = new URLSearchParams(match[3] ?? "");
  if (params.has("x") && params.get("x") !== "step") {
    return { runId, from: null, to: null };
  }
  const from = stepOf(params.get("from"));
  const to = stepOf(params.get("to"));
  return { runId, from, to: from !== null && to !== null && to > from ? to : null };
}

function stepOf(text: string | null): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER
    ? Math.floor(value)
    : null;
}

const RUN_ADDRESS =
  /(?:https?:\/\/([^/\s()<>]+))?(?:\/(?:en|zh))?\/runs\/[A-Za-z0-9_-]{1,64}(?:\?[^\s()<>[\]"'#]*)?/g;
const MOST_CITATIONS = 20;

/** Every run that a Markdown text refers to, outside code; at most twenty. */
export function citationsIn(markdown: string): Citation[] {
  const found = new Map<string, Citation>();
  for (const [address, host] of markdown.replaceAll(CODE, " ").matchAll(RUN_ADDRESS)) {
    const citation = readCitation(address, host);
    if (citation !== null) {
      found.set(JSON.stringify(citation), citation);
    }
  }
  return [...found.values()].slice(0, MOST_CITATIONS);
}

/** Where a quotation comes from: a post by its number in a thread. */
export type QuotedPost = { threadId: number; number: number };

const QUOTED = /^ {0,3}>.*\]\(\/forum\/t\/(\d{1,9})(?:\?from=\d{1,9})?#p(\d{1,9})\)/gm;

/** The posts that a text quotes, by the line that names each one's author; at most ten. */
export function quotedPosts(markdown: string): QuotedPost[] {
  const found = [...markdown.matchAll(QUOTED)].map(([, threadId, number]) => ({
    threadId: Number(threadId),
    number: Number(number),
  }));
  const once = new Map(found.map((post) => [`${post.threadId}/${post.number}`, post]));
  return [...once.values()].slice(0, 10);
}
