// The index is asked for the newest block of documents, then for the eight before it: there a common word fills its page
// without its other million places being read. What is rarer than that in the newest 70 000 is looked for everywhere at
// once, for its places are few. No question ever reads the table in order. (Tried: doubling the blocks until all are
// read; with 2 million documents a rare word then cost eight questions, whose last held half a million marks of blocks.)
import type { Pool } from "../platform/pool.ts";
import type { FoundDocument, FoundDocuments, SearchQuery } from "./contract.ts";
import { BLOCK } from "./index-document.ts";
import { parseSearch } from "./parse-search.ts";
import { toQuery } from "./search-tokens.ts";

type Row = Omit<FoundDocument, "createdAt"> & { createdAt: Date };

const PAGE = `
  select number, kind, "subjectId", title, excerpt, url, "createdAt"
  from "SearchDocument"
  where tokens @@ (websearch_to_tsquery('english', $1) && to_tsquery('simple', $2) && $3::tsquery)
    -- Text without a word in it ("the", "?!") finds nothing; left out, it would ask for everything.
    and ($1 = '' or $2 <> '' or numnode(websearch_to_tsquery('english', $1)) > 0)
    and number < $4 and ($5::timestamptz is null or "createdAt" < $5) and ($6::timestamptz is null or "createdAt" >= $6)
  order by number + 0 desc limit $7`;

/** Documents that hold every word, newest first. */
export async function searchDocuments(pool: Pool, input: SearchQuery): Promise<FoundDocuments> {
  const asked = parseSearch(input.q);
  const { words, pairs } = toQuery(asked.text);
  const by = await memberIds(pool, asked.by);
  if (by.length < asked.by.length || (words === "" && pairs === "" && noMarks(asked))) {
    return { found: [], next: null };
  }
  const marks = [...asked.facets, ...by.map((id) => `by:${id}`)].map(quoted).join(" & ");
  const newest = input.next ?? (await newestNumber(pool, asked.before)) + 1;
  const rows: Row[] = [];
  let high = Math.floor((newest - 1) / BLOCK);
  for (const span of [1, 8, Number.POSITIVE_INFINITY]) {
    if (high < 0 || rows.length > input.limit) {
      break;
    }
    const low = Math.max(0, high - span + 1);
    const blocks = Array.from({ length: Math.min(span, high - low + 1) }, (_, index) =>
      quoted(`b:${low + index}`),
    );
    const { rows: more } = await pool.query<Row>(PAGE, [
      words,
      pairs,
      [marks, span > 8 ? "" : `(${blocks.join(" | ")})`].filter(Boolean).join(" & "),
      // Everything from the upper end of these blocks down.
      Math.min(newest, (high + 1) * BLOCK),
      asked.before,
      asked.after,
      input.limit + 1 - rows.length,
    ]);
    rows.push(...more);
    high = low - 1;
  }
  const found = rows
    .slice(0, input.limit)
    .map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
  return { found, next: rows.length > input.limit ? (found.at(-1)?.number ?? null) : null };
}

function noMarks({ facets, by }: ReturnType<typeof parseSearch>): boolean {
  return facets.length + by.length === 0;
}

/** A mark as a lexeme of a tsquery: quotes and backslashes doubled. */
function quoted(mark: string): string {
  return `'=${mark.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

async function memberIds(pool: Pool, names: string[]): Promise<string[]> {
  if (names.length === 0) {
    return [];
  }
  const { rows } = await pool.query<{ id: string }>(
    `select id from "Member" where "nameKey" = any($1)`,
    [names],
  );
  return rows.map(({ id }) => id.toLowerCase());
}

/** Where the walk begins. Numbers follow the time of writing: before a day there are those of the last written then, and older ones. */
async function newestNumber(pool: Pool, before: Date | null): Promise<number> {
  const { rows } = await (before === null
    ? pool.query<{ number: number | null }>(NEWEST)
    : pool.query<{ number: number | null }>(NEWEST_BEFORE, [before]));
  return rows[0]?.number ?? 0;
}

const NEWEST = `select max(number) as number from "SearchDocument"`;
/** Asked for a range of time, Postgres would walk the numbers down until the first one fits: all that is newer. */
const NEWEST_BEFORE = `
  select max(number) as number
  from (select number from "SearchDocument" where "createdAt" < $1 order by "createdAt" desc limit 2000) written`;
