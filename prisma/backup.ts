// Writes everything that the portal knows into a folder:  npm run backup -- FOLDER
// The tables as one moment saw them (a snapshot, while the portal goes on), then the files that they name. Needs no tools
// beside Node. What waits in the job queues is not part of it: the jobs of the clock fill themselves again.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { databaseUrl, readEnv } from "../server/platform/env.ts";
import { listSequences, listTables } from "./backup-tables.ts";

type Saved = { name: string; rows: number; sha256: string };
export type Backup = {
  createdAt: string;
  migrations: string[];
  tables: Saved[];
  sequences: { name: string; value: string | null }[];
};

const ROWS_AT_ONCE = 500;

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error("Name the folder to write:  npm run backup -- FOLDER");
    process.exit(1);
  }
  const to = resolve(folder);
  const { tables } = await writeBackup({ url: databaseUrl(), dataDir: readEnv().DATA_DIR, to });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`${tables.length} tables with ${rows} rows, and the files, are in ${to}.`);
}

type Options = { url: string; dataDir: string; to: string };

export async function writeBackup({ url, dataDir, to }: Options): Promise<Backup> {
  await mkdir(join(to, "tables"), { recursive: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    await client.query("set local extra_float_digits = 1; set local datestyle = 'ISO'");
    const migrations = await client.query<{ name: string }>(
      `select migration_name as name from "_prisma_migrations" where finished_at is not null order by 1`,
    );
    const tables: Saved[] = [];
    for (const name of await listTables(client)) {
      tables.push(await saveTable(client, { name, to }));
    }
    const backup: Backup = {
      createdAt: new Date().toISOString(),
      migrations: migrations.rows.map((row) => row.name),
      tables,
      sequences: await listSequences(client),
    };
    // Files last: what the snapshot names is there already, and is never changed.
    await saveFiles(dataDir, to);
    // The list comes when everything else is there: a folder without it is no backup.
    await writeFile(join(to, "backup.json"), `${JSON.stringify(backup, null, 2)}\n`);
    return backup;
  } finally {
    await client.end();
  }
}

async function saveTable(
  client: pg.Client,
  { name, to }: { name: string; to: string },
): Promise<Saved> {
  const hash = createHash("sha256");
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    await client.query(`declare rows no scroll cursor for select t::text as row from "${name}" t`);
    for (;;) {
      const page = await client.query<{ row: string }>(`fetch ${ROWS_AT_ONCE} from rows`);
      for (const { row } of page.rows) {
        const line = `${JSON.stringify(row)}\n`;
        hash.update(line);
        rows += 1;
        yield line;
      }
      if (page.rows.length < ROWS_AT_ONCE) {
        break;
      }
    }
    await client.query("close rows");
  }
  const file = createWriteStream(join(to, "tables", `${name}.gz`));
  await pipeline(Readable.from(lines()), createGzip(), file);
  return { name, rows, sha256: hash.digest("hex") };
}

/** Blobs, mails that were written to files, and the portal's key; not the embedded database's own files. */
async function saveFiles(dataDir: string, to: string): Promise<void> {
  const found = await readdir(dataDir).catch((): string[] => []);
  for (const name of ["blobs", "exports", "portal.key"].filter((one) => found.includes(one))) {
    await cp(join(dataDir, name), join(to, "data", name), { recursive: true });
  }
}
