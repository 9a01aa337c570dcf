import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../platform/errors.ts";
import type { Pool } from "../platform/pool.ts";
import { jsonRoute, type Route } from "./route.ts";

const Ok = z.object({ ok: z.literal(true) });
/** Worked out when asked: in the pages' bundle, which reads this table, a module has no place of its own. */
const migrationsFolder = () => join(import.meta.dirname, "../../prisma/migrations");

/** What a supervisor asks. */
export const portalRoutes: Route[] = [
  jsonRoute({
    id: "healthz",
    method: "GET",
    path: "/healthz",
    access: "public",
    momentary: true,
    summary: "The process answers",
    answer: Ok,
    handle: async () => ({ ok: true as const }),
  }),
  jsonRoute({
    id: "readyz",
    method: "GET",
    path: "/readyz",
    access: "public",
    momentary: true,
    summary: "The process can serve: the database is reachable and its schema is the code's",
    answer: Ok,
    handle: async ({ pool }) => {
      await requireMigrated(pool);
      return { ok: true as const };
    },
  }),
];

const APPLIED = `
  select migration_name as name from "_prisma_migrations" where finished_at is not null and rolled_back_at is null`;

async function requireMigrated(pool: Pool): Promise<void> {
  const applied = await readApplied(pool);
  const entries = await readdir(migrationsFolder(), { withFileTypes: true });
  const missing = entries.filter((entry) => entry.isDirectory() && !applied.has(entry.name));
  if (missing.length > 0) {
    throw new AppError(
      "unavailable",
      `The database lacks ${missing.length} of the code's migrations. Start through \`npm start\`, which applies them.`,
    );
  }
}

async function readApplied(pool: Pool): Promise<Set<string>> {
  try {
    const { rows } = await pool.query<{ name: string }>(APPLIED);
    return new Set(rows.map((row) => row.name));
  } catch (error) {
    throw new AppError(
      "unavailable",
      "The database does not answer. The portal is ready again as soon as it does.",
      { cause: error },
    );
  }
}
