import { statfs } from "node:fs/promises";
import type { Pool } from "../platform/pool.ts";
import type { Overview } from "./contract.ts";

const SIZES = `
  select c.relname as name, pg_total_relation_size(c.oid)::float8 as bytes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'r'
  order by bytes desc limit 12`;

/** Files are counted by what the database knows of them, each content once. */
const FILES = `
  select coalesce(sum(size), 0)::float8 as bytes from (
    select sha256, max(size) as size from (
      select sha256, size from "CheckpointFile"
      union all select sha256, size from "ReleaseFile"
      union all select sha256, bytes from "ForumImage"
    ) named group by sha256
  ) files`;

/** How much the database and the files take, and what is left of the disk. */
export async function readStorage(pool: Pool, dataDir: string): Promise<Overview["storage"]> {
  const [whole, tables, files, disk] = await Promise.all([
    pool.query<{ bytes: number }>("select pg_database_size(current_database())::float8 as bytes"),
    pool.query<{ name: string; bytes: number }>(SIZES),
    pool.query<{ bytes: number }>(FILES),
    statfs(dataDir).catch(() => null),
  ]);
  return {
    databaseBytes: whole.rows[0]?.bytes ?? 0,
    tables: tables.rows,
    fileBytes: files.rows[0]?.bytes ?? 0,
    freeBytes: disk === null ? 0 : disk.bavail * disk.bsize,
  };
}
