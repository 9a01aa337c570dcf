import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPool, type Pool } from "#server/platform/pool.ts";
import { startEmbeddedPostgres } from "../prisma/embedded.ts";
import { migrate } from "../prisma/migrate.ts";

export type BenchDatabase = { url: string; pool: Pool; stop(): Promise<void> };

/**
 * A fresh embedded Postgres in a temporary folder: durable (fsync on) and migrated, so that figures are those of a
 * real installation. `stop()` ends it and removes the folder; an interrupted bench does so too. A `kept` folder stays, for a
 * bench that comes back to what it has loaded.
 */
export async function startBenchDatabase(kept?: string): Promise<BenchDatabase> {
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), "cpm-live-bench-"));
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o755); // Reachable for the unprivileged user that Postgres runs as.
  const server = await startEmbeddedPostgres({ dataDir, durable: true });
  const end = async () => {
    await server.stop();
    if (kept !== undefined) {
      return;
    }
    rmSync(dataDir, { recursive: true, force: true });
  };
  const interrupted = () => void end().then(() => process.exit(130));
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);
  await migrate(server.url);
  const pool = createPool(server.url);
  return {
    url: server.url,
    pool,
    stop: async () => {
      process.off("SIGINT", interrupted);
      process.off("SIGTERM", interrupted);
      await pool.end();
      await end();
    },
  };
}
