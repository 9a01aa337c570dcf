// Vitest's global set-up of the projects with a database: one throw-away server, one migrated template.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../prisma/embedded.ts";
import { migrate } from "../../prisma/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgres: { adminUrl: string; template: string };
  }
}

const TEMPLATE = "cpm_template";

let stop: (() => Promise<void>) | undefined;

export async function setup(project: TestProject): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "cpm-live-test-"));
  chmodSync(dataDir, 0o755); // Reachable for the unprivileged user that Postgres runs as.
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const adminUrl = server.url.replace("/cpm_live?", "/postgres?");
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate(adminUrl.replace("/postgres?", `/${TEMPLATE}?`));
  project.provide("postgres", { adminUrl, template: TEMPLATE });
}

export async function teardown(): Promise<void> {
  await stop?.();
}
