import type pg from "pg";
import type { Pool } from "../platform/pool.ts";
import { CHUNK_POINTS } from "./chunk-codec.ts";
import { findRun, loadViews } from "./load-views.ts";
import { joinPoints, type Points } from "./points.ts";
import { chunksOf, SealedReader } from "./sealed-reader.ts";

export type ReadPoints = { runId: string; attempt?: number | undefined; key: string };

/** Points in one block: about 1.5 MB. */
const POINTS_PER_BLOCK = 64 * CHUNK_POINTS;

/**
 * Every stored point of a series in rising step order, block by block, from one state of the database: memory stays the
 * same however long the history is. A connection of the pool is held until the last block is taken or the reader
 * breaks off. Nothing for a key that the attempt does not have; throws `not_found` for an unknown run or attempt.
 */
export async function* readPoints(
  pool: Pool,
  { runId, attempt, key }: ReadPoints,
): AsyncGenerator<Points> {
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    yield* blocksOf(client, { runId, attempt, key });
  } finally {
    const broken = await client.query("rollback").then(
      () => undefined,
      (failure: Error) => failure,
    );
    client.release(broken);
  }
}

async function* blocksOf(
  client: pg.PoolClient,
  { runId, attempt, key }: ReadPoints,
): AsyncGenerator<Points> {
  const run = await findRun(client, { runId, attempt });
  const reader = new SealedReader(client);
  const view = (await loadViews(client, run, { keys: new Set([key]), reader })).get(key);
  if (view === undefined) {
    return;
  }
  for (let first = 0; first < view.cut; first += POINTS_PER_BLOCK) {
    // A reader keeps what it has decoded: a new one for each block lets go of it.
    const block = new SealedReader(client);
    const names = chunksOf(view.id, first, Math.min(view.cut, first + POINTS_PER_BLOCK));
    await block.load(names);
    yield joinPoints(names.map((name) => block.chunk(name)));
  }
  if (view.rest.steps.length > 0) {
    yield view.rest;
  }
}
