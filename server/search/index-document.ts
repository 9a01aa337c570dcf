import type { Db } from "../platform/db.ts";
import { toTokens } from "./search-tokens.ts";

export type IndexedDocument = {
  kind: string;
  id: string;
  title: string;
  /** The title is shown but not searched: it stands for something that is found by itself. */
  borrowedTitle?: boolean;
  /** Markdown or plain; what is found, and what the excerpt is cut from. */
  text: string;
  /** Path without the language. */
  url: string;
  authorId: string | null;
  /** What `in:` names: a forum category, `initiatives`, `releases` … */
  place: string;
  tags?: readonly string[];
  createdAt: Date;
};

const EXCERPT = 240;
/** Enough to find a text by; a tsvector may have one megabyte at most. */
const MOST_TEXT = 40_000;
/** Numbers share a mark by blocks of 8 192: a search asks the index for the newest blocks first. */
export const BLOCK = 8_192;

/** Makes a text findable, or found by its new words. In the transaction of what changed it. */
export async function indexDocument(tx: Db, document: IndexedDocument): Promise<void> {
  const { kind, id, title, text, url, authorId, createdAt } = document;
  const marks = [
    `=in:${document.place}`,
    `=is:${kind}`,
    ...(authorId === null ? [] : [`=by:${authorId.toLowerCase()}`]),
    ...(document.tags ?? []).map((tag) => `=tag:${tag.toLowerCase()}`),
  ];
  const body = text.slice(0, MOST_TEXT);
  const excerpt = plainText(text).slice(0, EXCERPT);
  const foundTitle = document.borrowedTitle === true ? "" : title;
  const found = await tx.$queryRaw<{ number: number }[]>`
    select number from "SearchDocument" where kind = ${kind} and "subjectId" = ${id}`;
  const number = found[0]?.number ?? (await nextNumber(tx));
  const block = `=b:${Math.floor(number / BLOCK)}`;
  await tx.$executeRaw`
    insert into "SearchDocument" (number, kind, "subjectId", title, excerpt, url, "authorId", "createdAt", tokens)
    values (${number}, ${kind}, ${id}, ${title}, ${excerpt}, ${url}, ${authorId}, ${createdAt},
      setweight(to_tsvector('english', ${toTokens(foundTitle)}), 'A')
      || setweight(to_tsvector('english', ${toTokens(body)}), 'B')
      || array_to_tsvector(${[...marks, block]}::text[]))
    on conflict (kind, "subjectId") do update
      set title = excluded.title, excerpt = excluded.excerpt, url = excluded.url, "authorId" = excluded."authorId",
          tokens = excluded.tokens`;
}

/** What is hidden is not found. */
export async function forgetDocument(
  tx: Db,
  document: { kind: string; id: string },
): Promise<void> {
  await tx.$executeRaw`
    delete from "SearchDocument" where kind = ${document.kind} and "subjectId" = ${document.id}`;
}

/** Markdown without its marks, on one line, as an excerpt shows it. */
function plainText(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, "$1")
    .replaceAll(/^ {0,3}(?:#{1,6}|>+|[-*+]|```\w*|~~~\w*) ?/gm, "")
    .replaceAll(/[*_`]{1,3}/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

async function nextNumber(tx: Db): Promise<number> {
  const rows = await tx.$queryRaw<{ number: number }[]>`
    select nextval(pg_get_serial_sequence('"SearchDocument"', 'number'))::int as number`;
  return rows[0]?.number ?? 0;
}
