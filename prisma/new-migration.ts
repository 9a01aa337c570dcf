// Writes the next migration: the difference between the schema kept beside the newest migration and the
// schema as it is now. Runs Prisma's schema engine as WASM, because the CLI would download a native one.
//   npm run migration -- NAME
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { startEmbeddedPostgres } from "./embedded.ts";

const schemaDir = join(import.meta.dirname, "schema");
const migrationsDir = join(import.meta.dirname, "migrations");
const SNAPSHOT = "schema.prisma";

type SchemaFile = { path: string; content: string };
type SchemaEngine = { diff(input: unknown): Promise<{ stdout: string | null; exitCode: number }> };

async function loadEngine(schema: SchemaFile, connectionString: string): Promise<SchemaEngine> {
  const home = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const glue = await import(join(home, "schema_engine_bg.js"));
  const wasm = new WebAssembly.Module(readFileSync(join(home, "schema_engine_bg.wasm")));
  const instance = new WebAssembly.Instance(wasm, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start === "function") {
    start();
  }
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString }));
  return glue.SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => undefined,
    adapter,
  );
}

function schemaNow(): SchemaFile {
  const names = readdirSync(schemaDir).filter((name) => name.endsWith(".prisma"));
  return {
    path: SNAPSHOT,
    content: names
      .sort()
      .map((name) => readFileSync(join(schemaDir, name), "utf8"))
      .join("\n"),
  };
}

function schemaBefore(): SchemaFile | null {
  const newest = readdirSync(migrationsDir)
    .filter((name) => existsSync(join(migrationsDir, name, SNAPSHOT)))
    .sort()
    .at(-1);
  return newest === undefined
    ? null
    : { path: SNAPSHOT, content: readFileSync(join(migrationsDir, newest, SNAPSHOT), "utf8") };
}

const name = process.argv[2];
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Give the migration a name of a-z, 0-9 and _:  npm run migration -- add_releases");
  process.exit(1);
}
mkdirSync(migrationsDir, { recursive: true });
writeFileSync(join(migrationsDir, "migration_lock.toml"), 'provider = "postgresql"\n');
const now = schemaNow();
const before = schemaBefore();
// The engine asks a server for its version before it compares; the comparison itself reads only the files.
const scratch = await startEmbeddedPostgres({
  dataDir: join(tmpdir(), "cpm-live-migration"),
  durable: false,
});
const engine = await loadEngine(now, scratch.url);
const answer = await engine.diff({
  from: before === null ? { tag: "empty" } : { tag: "schemaDatamodel", files: [before] },
  to: { tag: "schemaDatamodel", files: [now] },
  script: true,
  exitCode: true,
  filters: { externalTables: [], externalEnums: [] },
});
if (answer.exitCode !== 2 || answer.stdout === null) {
  console.log("The schema says nothing that the migrations do not already build.");
} else {
  const dir = `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`;
  mkdirSync(join(migrationsDir, dir));
  writeFileSync(join(migrationsDir, dir, "migration.sql"), answer.stdout);
  writeFileSync(join(migrationsDir, dir, SNAPSHOT), now.content);
  console.log(`Wrote prisma/migrations/${dir}/migration.sql. Read it before you commit it.`);
}
await scratch.stop();
process.exit(0);
