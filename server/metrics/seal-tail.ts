// Sealing moves an attempt's unsealed messages into chunks and pyramid, up to some seq, in one transaction: whatever
// crashes, a point is either still in the tail or in a chunk, never in both and never lost. An advisory lock per attempt
// keeps sealers apart, in any process; appends go on meanwhile, because nothing they lock is touched before the end.
import type pg from "pg";
import { type Pool, transaction } from "../platform/pool.ts";
import { collectPoints } from "./collect-points.ts";
import { extendSeries } from "./extend-series.ts";
import { unpackBatch } from "./packed-batch.ts";
import { newPoints } from "./points.ts";
import { readSealed } from "./read-sealed.ts";

export type SealTail = { runId: string; attempt: number };

/**
 * About what one transaction takes on; a longer tail is sealed in several. Small enough that packing it holds up the
 * process for some ten milliseconds only.
 */
const POINTS_PER_SEAL = 65_536;
const MESSAGES_PER_SEAL = 4096;

/** Any number that no other advisory lock of ours begins with. */
const LOCK_SPACE = 0x6d657472;

/** Seals everything in an attempt's tail. Answers how many points moved. Safe to repeat and to run several times at once. */
export async function sealTail(pool: Pool, input: SealTail): Promise<{ points: number }> {
  let points = 0;
  for (;;) {
    const sealed = await transaction(pool, async (client) => {
      await lockAttempt(client, input);
      return await sealSome(client, input);
    });
    points += sealed.points;
    if (sealed.messages === 0) {
      return { points };
    }
  }
}

/** Keeps other sealers and imports away from the attempt until the transaction ends. */
export async function lockAttempt(
  client: pg.PoolClient,
  { runId, attempt }: SealTail,
): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1, hashtext($2))", [
    LOCK_SPACE,
    `${runId}/${attempt}`,
  ]);
}

type Message = { seq: number; points: number; payload: Buffer };

// Messages in order until their points pass the limit: the first one always, however large.
const NEXT_MESSAGES = `
  select seq, points, payload from (
    select message.seq, message.points, message.payload,
      sum(message.points) over (order by message.seq) - message.points as before
    from "RunMessage" message
    where message."runId" = $1 and message.attempt = $2 and message.payload is not null
      and message.seq > coalesce(
        (select "sealedSeq" from "MetricTail" where "runId" = $1 and attempt = $2), 0)
    order by message.seq limit ${MESSAGES_PER_SEAL}) as waiting
  where before < ${POINTS_PER_SEAL} order by seq`;

/** One step of `sealTail`, for a caller that has its own transaction and holds the lock. */
export async function sealSome(
  client: pg.PoolClient,
  { runId, attempt }: SealTail,
): Promise<{ points: number; messages: number }> {
  const { rows: messages } = await client.query<Message>(NEXT_MESSAGES, [runId, attempt]);
  const newest = messages.at(-1);
  if (newest === undefined) {
    return { points: 0, messages: 0 };
  }
  const collected = collectPoints(messages.map(({ payload }) => unpackBatch(payload)));
  const series = await readSealed(client, { runId, attempt, keys: [...collected.keys()] });
  if (series.length !== collected.size) {
    throw new Error(
      "A message of the tail has keys without a series: it was stored without appendPoints.",
    );
  }
  await extendSeries(
    client,
    series.map((one) => ({ series: one, points: collected.get(one.key) ?? newPoints(0) })),
  );
  const points = messages.reduce((sum, message) => sum + message.points, 0);
  await client.query(
    `update "MetricTail" set "sealedSeq" = $3, points = points - $4, messages = messages - $5
     where "runId" = $1 and attempt = $2`,
    [runId, attempt, newest.seq, points, messages.length],
  );
  return { points, messages: messages.length };
}
