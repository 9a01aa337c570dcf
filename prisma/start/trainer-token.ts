import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { authenticateToken } from "#server/auth/authenticate-token.ts";
import { createToken } from "#server/auth/create-token.ts";
import type { Db } from "#server/platform/db.ts";
import { AppError } from "#server/platform/errors.ts";
import type { Pool } from "#server/platform/pool.ts";

/** The local trainer's token: the one kept in `file`, or a new one when the database does not know that. */
export async function trainerToken(
  { pool, db }: { pool: Pool; db: Db },
  file: string,
): Promise<string> {
  const kept = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (kept !== "" && (await isKnown(pool, kept))) {
    return kept;
  }
  const { secret } = await createToken(db, { scope: "ingest", label: "the trainer of npm start" });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  chmodSync(file, 0o600); // A file that was there before keeps its mode otherwise.
  return secret;
}

async function isKnown(pool: Pool, secret: string): Promise<boolean> {
  try {
    const authorization = `Bearer ${secret}`;
    const principal = await authenticateToken(pool, { authorization, now: Date.now() });
    return principal.scope === "ingest";
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthorized") {
      return false;
    }
    throw error;
  }
}
