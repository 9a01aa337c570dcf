import pg from "pg";
import { databaseUrl } from "./env.ts";

/** A pool or one of its connections inside a transaction: what verbs on raw SQL take. */
export type Sql = pg.Pool | pg.PoolClient;
export type Pool = pg.Pool;

const INT8 = 20;

/** Opens a pool; bigint columns come as numbers (every one of ours stays below 2⁵³). */
export function createPool(url: string, max = 10): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === INT8 && format !== "binary"
          ? Number
          : pg.types.getTypeParser(oid, format as "text"),
    },
  });
  // A connection that dies while idle is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  // Nor may one that dies while in use: its query fails and says so, the event tells nothing more.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

const holder = globalThis as typeof globalThis & { cpmPool?: pg.Pool };

/** The process's pool. On globalThis because the server's entry and Next's bundles are two copies of this module. */
export function sharedPool(): pg.Pool {
  holder.cpmPool ??= createPool(databaseUrl());
  return holder.cpmPool;
}

/** Runs `work` in one transaction; rolls back and rethrows when it throws. */
export async function transaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
