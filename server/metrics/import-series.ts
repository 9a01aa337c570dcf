// Loads whole histories: points go straight into chunks and pyramid, without passing through the tail, so nothing is
// sent to live viewers and the run's seq stays. While one block is packed the database stores the one before.
import type pg from "pg";
import { AppError } from "../platform/errors.ts";
import { type Pool, transaction } from "../platform/pool.ts";
import { extendSeries, openWriters, saveStates, stateOf } from "./extend-series.ts";
import { joinPoints, type Points, slicePoints, sortPoints } from "./points.ts";
import { readSealed } from "./read-sealed.ts";
import { lockAttempt, sealSome } from "./seal-tail.ts";
import type { SealedSeries } from "./series-view.ts";
import { StoredRows } from "./stored-rows.ts";

export type ImportSeries = {
  runId: string;
  attempt: number;
  key: string;
  /** The points in blocks of any size; fastest when steps rise from block to block, but any order is taken. */
  blocks: Iterable<Points> | AsyncIterable<Points>;
};

/**
 * Imports one series whole or, when anything fails, not at all. Steps that stand already are replaced. Answers how many
 * points were given. Throws `not_found` for an unknown run.
 */
export async function importSeries(pool: Pool, input: ImportSeries): Promise<{ points: number }> {
  return await transaction(pool, async (client) => {
    await lockAttempt(client, input);
    // What waits in the tail is older than the import; sealed later it would win over it.
    while ((await sealSome(client, input)).messages > 0) {}
    const series = await ensureSeries(client, input);
    const { points, late } = await writeRising(client, series, input.blocks);
    if (late.length > 0) {
      const [now] = await readSealed(client, { ...input, keys: [input.key] });
      await extendSeries(client, [{ series: now ?? series, points: sortPoints(joinPoints(late)) }]);
    }
    return { points };
  });
}

async function ensureSeries(client: pg.PoolClient, input: ImportSeries): Promise<SealedSeries> {
  const { runId, attempt, key } = input;
  const { rowCount } = await client.query(`select 1 from "Run" where id = $1`, [runId]);
  if (rowCount === 0) {
    throw new AppError(
      "not_found",
      `There is no run ${runId} to import into. Create the run first.`,
    );
  }
  await client.query(
    `insert into "MetricSeries" ("runId", attempt, key) values ($1, $2, $3) on conflict do nothing`,
    [runId, attempt, key],
  );
  const [series] = await readSealed(client, { runId, attempt, keys: [key] });
  return series as SealedSeries;
}

/** Writes what follows the newest step as it comes; answers what came late, for the slower way. */
async function writeRising(
  client: pg.PoolClient,
  series: SealedSeries,
  blocks: ImportSeries["blocks"],
): Promise<{ points: number; late: Points[] }> {
  const rows = new StoredRows(client);
  const [writer] = await openWriters(client, rows, [series]);
  const late: Points[] = [];
  let points = 0;
  let written: Points | null = null;
  let first: Points | null = null;
  let newest = series.lastStep ?? -1;
  let storing: Promise<void> = Promise.resolve();
  for await (const block of blocks) {
    points += block.steps.length;
    const { behind, following } = split(sortPoints(block), newest);
    if (behind.steps.length > 0) {
      late.push(behind);
    }
    if (following.steps.length > 0) {
      writer?.push(following);
      first ??= following;
      written = following;
      newest = following.steps.at(-1) as number;
    }
    if (rows.full) {
      await storing;
      storing = rows.flush();
      // Handled where it is awaited; without this a failure in between would end the process.
      storing.catch(() => undefined);
    }
  }
  await storing;
  if (writer !== undefined && first !== null && written !== null) {
    writer.finish();
    await rows.flush();
    const state = stateOf(series.id, writer.count, written);
    await saveStates(client, [{ ...state, first: first.steps[0] as number }]);
  }
  return { points, late };
}

function split(block: Points, newest: number): { behind: Points; following: Points } {
  let at = 0;
  while (at < block.steps.length && (block.steps[at] as number) <= newest) {
    at += 1;
  }
  return {
    behind: slicePoints(block, 0, at),
    following: slicePoints(block, at, block.steps.length),
  };
}
