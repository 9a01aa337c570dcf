import type pg from "pg";
import type { Pool } from "../platform/pool.ts";

/** Runs `work`, which only reads, on one state of the database: what others commit meanwhile stays out of its sight. */
export async function readSnapshot<T>(
  pool: Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin isolation level repeatable read read only");
    return await work(client);
  } finally {
    // Nothing was written, so nothing is lost by ending it this way, after a success as after a failure.
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    client.release(broken);
  }
}
