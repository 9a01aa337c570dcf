// Runs a script with DATABASE_URL set and the schema up to date: the given one, or the embedded server, which is
// found running or started for as long as the script runs.
//   node prisma/with-database.ts SCRIPT [ARGUMENTS…]
import { spawn } from "node:child_process";
import { startEmbeddedPostgres } from "./embedded.ts";
import { migrate } from "./migrate.ts";

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) {
  console.error("Name the script to run:  node prisma/with-database.ts SCRIPT");
  process.exit(1);
}
const given = process.env["DATABASE_URL"];
const embedded =
  given === undefined
    ? await startEmbeddedPostgres({ dataDir: process.env["DATA_DIR"] ?? ".data" })
    : null;
const url = given ?? embedded?.url ?? "";
await migrate(url);

const child = spawn(process.execPath, [script, ...rest], {
  stdio: "inherit",
  env: { ...process.env, DATABASE_URL: url },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => child.kill(signal));
}
const code = await new Promise<number>((done) =>
  child.on("exit", (status, signal) => done(status ?? (signal === null ? 1 : 130))),
);
if (embedded?.started === true) {
  await embedded.stop();
}
process.exit(code);
