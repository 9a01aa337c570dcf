// Applies prisma/migrations in order. The bookkeeping is the official one (`_prisma_migrations`, SHA-256
// of each file), so that `prisma migrate` agrees wherever it can run; an advisory lock lets several
// processes start at once.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** The number that `prisma migrate` locks, so that ours and theirs exclude each other. */
const ADVISORY_LOCK = 72_707_369;

const BOOKKEEPING = `create table if not exists "_prisma_migrations" (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

type Migration = { name: string; sql: string; checksum: string };

function readMigrations(): Migration[] {
  const dir = join(import.meta.dirname, "migrations");
  if (!existsSync(dir)) {
    return [];
  }
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(dir, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Brings the database at `url` to the newest migration; returns the names that were applied now.
 * Throws when an applied migration's file has changed or is gone, and when one fails (it is rolled back whole).
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [ADVISORY_LOCK]);
    await client.query(BOOKKEEPING);
    return await applyPending(client);
  } finally {
    await client.end();
  }
}

async function applyPending(client: pg.Client): Promise<string[]> {
  const applied = await client.query<{ migration_name: string; checksum: string }>(
    `select migration_name, checksum from "_prisma_migrations" where finished_at is not null and rolled_back_at is null`,
  );
  const known = new Map(applied.rows.map((row) => [row.migration_name, row.checksum]));
  const migrations = readMigrations();
  for (const [name, checksum] of known) {
    const file = migrations.find((migration) => migration.name === name);
    if (file === undefined) {
      throw new Error(
        `The database has migration ${name}, which this checkout lacks: it is newer than the code. Update the code.`,
      );
    }
    if (file.checksum !== checksum) {
      throw new Error(
        `Migration ${name} was edited after it ran here. Restore the file and write a new migration instead.`,
      );
    }
  }
  const done: string[] = [];
  for (const migration of migrations) {
    if (!known.has(migration.name)) {
      await applyOne(client, migration);
      done.push(migration.name);
    }
  }
  return done;
}

async function applyOne(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query(
      `insert into "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) values ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`Migration ${name} failed and was rolled back: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
