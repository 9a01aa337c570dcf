import { rm } from "node:fs/promises";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { exportPath } from "./pack-export.ts";

const DAY_MS = 86_400_000;

/** Takes away what has had its time: exports, sessions, links, and limits that hold nobody up any more. */
export async function sweep(
  { db, pool, dataDir }: { db: PrismaClient; pool: Pool; dataDir: string },
  now: number,
): Promise<void> {
  const past = { lt: new Date(now) };
  const old = await db.memberExport.findMany({ where: { expiresAt: past }, select: { id: true } });
  for (const { id } of old) {
    await rm(exportPath(dataDir, id), { force: true });
    await db.memberExport.deleteMany({ where: { id } });
  }
  await db.session.deleteMany({ where: { expiresAt: past } });
  await db.mailToken.deleteMany({ where: { expiresAt: { lt: new Date(now - DAY_MS) } } });
  await pool.query(`delete from "RateLimit" where "freeAt" < $1`, [now]);
  await pool.query(`delete from "CspReport" where day < $1`, [new Date(now - 90 * DAY_MS)]);
}
