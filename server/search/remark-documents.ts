import type { Db } from "../platform/db.ts";

type Remarked = {
  kind: string;
  ids: readonly string[];
  /** Marks without their `=`: `in:tools`, `tag:spike`. */
  away: readonly string[];
  instead: readonly string[];
};

/** Takes marks off documents and puts others on, without reading their texts again. */
export async function remarkDocuments(
  tx: Db,
  { kind, ids, away, instead }: Remarked,
): Promise<void> {
  const mark = (name: string) => `=${name.toLowerCase()}`;
  await tx.$executeRaw`
    update "SearchDocument"
    set tokens = ts_delete(tokens, ${away.map(mark)}::text[]) || array_to_tsvector(${instead.map(mark)}::text[])
    where kind = ${kind} and "subjectId" = any(${[...ids]}::text[])`;
}
