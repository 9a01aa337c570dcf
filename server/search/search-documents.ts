// The index is asked for the newest block of documents, then for two older ones, four, eight …, until the page is full:
// a common word costs one block, a rare one eight questions, and no question ever reads the table in order.
import type { Pool } from "../platform/pool.ts";
import type { FoundDocument, FoundDocuments, SearchQuery } from "./contract.ts";
import { BLOCK } from "./index-document.ts";
import { parseSearch } from "./parse-search.ts";
import { toQuery } from "./search-tokens.ts";

type Row = Omit<FoundDocument, "createdAt"> & { createdAt: Date };

const PAGE = `
  select number, kind, "subjectId", title, excerpt, url, "createdAt"
  from "SearchDocument"
  where tokens @@ (websearch_to_tsquery('english', $1) && to_tsquery('simple', $2) && $3::tsquery && $4::tsquery)
    -- Text without a word in it ("the", "?!") finds nothing; left out, it would ask for everything.
    and ($1 = '' or $2 <> '' or numnode(websearch_to_tsquery('english', $1)) > 0)
    and number < $5 and ($6::timestamptz is null or "createdAt" < $6) and ($7::timestamptz is null or "createdAt" >= $7)
  order by number + 0 desc limit $8`;

/** Documents that hold every word, newest first. */
export async function searchDocuments(pool: Pool, input: SearchQuery): Promise<FoundDocuments> {
  const asked = parseSearch(input.q);
  const { words, pairs } = toQuery(asked.text);
  const by = await memberIds(pool, asked.by);
  if (by.length < asked.by.length || (words === "" && pairs === "" && noMarks(asked))) {
    return { found: [], next: null };
  }
  const marks = [...asked.facets, ...by.map((id) => `by:${id}`)].map(quoted).join(" & ");
  const newest = input.next ?? (await newestNumber(pool)) + 1;
  const rows: Row[] = [];
  let high = Math.floor((newest - 1) / BLOCK);
  for (let span = 1; high >= 0 && rows.length <= input.limit; span *= 2) {
    const low = Math.max(0, high - span + 1);
    const blocks = Array.from({ length: high - low + 1 }, (_, index) => quoted(`b:${low + index}`));
    const { rows: more } = await pool.query<Row>(PAGE, [
      words,
      pairs,
      marks,
      blocks.join(" | "),
      newest,
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

async function newestNumber(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ number: number | null }>(
    `select max(number) as number from "SearchDocument"`,
  );
  return rows[0]?.number ?? 0;
}
