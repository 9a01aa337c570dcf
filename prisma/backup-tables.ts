import type pg from "pg";

/** Every table of ours, without the list of migrations, which the code brings itself. */
export async function listTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname <> '_prisma_migrations' order by 1`);
  return rows.map(({ name }) => name);
}

export async function listSequences(
  client: pg.Client,
): Promise<{ name: string; value: string | null }[]> {
  const { rows } = await client.query<{ name: string; value: string | null }>(`
    select sequencename as name, last_value::text as value from pg_sequences where schemaname = 'public' order by 1`);
  return rows;
}
