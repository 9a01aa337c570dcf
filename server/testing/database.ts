import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createDb } from "../platform/db.ts";
import { closeJobs, keepJobsIn } from "../platform/jobs.ts";
import { createPool, type Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";

export type TestDatabase = { url: string; pool: Pool; db: PrismaClient; close(): Promise<void> };

/**
 * A fresh database of its own, cloned from the migrated template: a real Postgres, nothing shared with other
 * files. Call in `beforeAll` and `close()` in `afterAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject("postgres");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await admin(adminUrl, `create database ${name} template ${template}`);
  const url = adminUrl.replace("/postgres?", `/${name}?`);
  keepJobsIn(url);
  const pool = createPool(url);
  const db = createDb(url);
  return {
    url,
    pool,
    db,
    close: async () => {
      await closeJobs();
      await Promise.all([pool.end(), db.$disconnect()]);
      await admin(adminUrl, `drop database ${name} with (force)`);
    },
  };
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Cloning a template fails while another clone of it is under way; one lock for all workers puts them in a row.
    await client.query("select pg_advisory_lock(1)");
    await client.query(statement);
  } finally {
    await client.end();
  }
}
