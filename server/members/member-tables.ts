import type { Sql } from "../platform/pool.ts";

/** A column that names a member. */
export type MemberColumn = {
  table: string;
  column: string;
  /** The row would go with the member's: it is nobody else's business. */
  cascades: boolean;
};

const FIND = `
  select c.conrelid::regclass::text as "table", quote_ident(a.attname) as "column", c.confdeltype = 'c' as cascades
  from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  where c.contype = 'f' and c.confrelid = '"Member"'::regclass and array_length(c.conkey, 1) = 1
  order by 1, 2`;

/** Every column of the database that refers to a member, as its constraints say: what a new feature adds is in it at once. */
export async function listMemberColumns(sql: Sql): Promise<MemberColumn[]> {
  const { rows } = await sql.query<MemberColumn>(FIND);
  return rows;
}
