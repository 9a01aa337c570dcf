// Puts a backup into an empty portal:  npm run restore -- FOLDER
// Checks every table's checksum before and every blob's after; one transaction, so that a failure leaves the database empty.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { cp, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { databaseUrl, readEnv } from "../server/platform/env.ts";
import type { Backup } from "./backup.ts";
import { listTables } from "./backup-tables.ts";

const ROWS_AT_ONCE = 500;

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error("Name the folder to read:  npm run restore -- FOLDER");
    process.exit(1);
  }
  const from = resolve(folder);
  await readBackup({ url: databaseUrl(), dataDir: readEnv().DATA_DIR, from });
  console.log("Everything is back, and every checksum is right.");
}

type Options = { url: string; dataDir: string; from: string };

export async function readBackup({ url, dataDir, from }: Options): Promise<void> {
  const backup = JSON.parse(await readFile(join(from, "backup.json"), "utf8")) as Backup;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("begin");
    await requireEmpty(client, backup);
    // Triggers made these rows what they are; they are not to speak again, and references come in any order.
    await client.query("set local session_replication_role = replica");
    const known = new Set(await listTables(client));
    for (const { name, sha256, rows } of backup.tables) {
      if (!known.has(name)) {
        throw new Error(`The backup has a table ${name}, which this code does not know.`);
      }
      await fillTable(client, { name, sha256, rows, from });
    }
    for (const { name, value } of backup.sequences) {
      if (value !== null) {
        await client.query("select setval($1::regclass, $2::bigint)", [`"${name}"`, value]);
      }
    }
    await restoreFiles(from, dataDir);
    await client.query("commit");
  } finally {
    await client.end();
  }
}

async function requireEmpty(client: pg.Client, backup: Backup): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select migration_name as name from "_prisma_migrations" where finished_at is not null order by 1`,
  );
  const here = rows.map(({ name }) => name);
  if (here.join() !== backup.migrations.join()) {
    throw new Error(
      "The backup was written by another version. Check out that version, restore, and upgrade then.",
    );
  }
  const filled = await client.query<{ filled: boolean }>(
    `select exists (select 1 from "Run") or exists (select 1 from "Member") as filled`,
  );
  if (filled.rows[0]?.filled === true) {
    throw new Error("This portal is not empty. Restore into a new DATA_DIR or a new database.");
  }
}

type Fill = { name: string; sha256: string; rows: number; from: string };

async function fillTable(client: pg.Client, { name, sha256, rows, from }: Fill): Promise<void> {
  const hash = createHash("sha256");
  const file = createReadStream(join(from, "tables", `${name}.gz`)).pipe(createGunzip());
  // What migrations put in is in the backup as well.
  await client.query(`delete from "${name}"`);
  const columns = await writableColumns(client, name);
  let page: string[] = [];
  let count = 0;
  const flush = async () => {
    await client.query(
      `insert into "${name}" (${columns}) select ${columns} from (select (x::"${name}").* from unnest($1::text[]) x) r`,
      [page],
    );
    page = [];
  };
  for await (const line of createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY })) {
    hash.update(`${line}\n`);
    page.push(JSON.parse(line) as string);
    count += 1;
    if (page.length === ROWS_AT_ONCE) {
      await flush();
    }
  }
  await flush();
  if (count !== rows || hash.digest("hex") !== sha256) {
    throw new Error(`The backup of ${name} is damaged: its rows are not those that were written.`);
  }
}

/** Not those that the database works out itself. */
async function writableColumns(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [`"${table}"`],
  );
  return rows.map(({ name }) => name).join(", ");
}

async function restoreFiles(from: string, dataDir: string): Promise<void> {
  const saved = join(from, "data");
  for (const name of await readdir(saved).catch(() => [])) {
    await cp(join(saved, name), join(dataDir, name), { recursive: true });
  }
  const blobs = join(dataDir, "blobs");
  const files = await readdir(blobs, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const { name, parentPath } of files.filter((file) => /^[0-9a-f]{64}$/.test(file.name))) {
    const hash = createHash("sha256");
    for await (const piece of createReadStream(join(parentPath, name))) {
      hash.update(piece as Buffer);
    }
    if (hash.digest("hex") !== name) {
      throw new Error(`The backup of the file ${name} is damaged.`);
    }
  }
}
