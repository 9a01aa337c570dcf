import type { Pool } from "../platform/pool.ts";
import { sealTail } from "./seal-tail.ts";

export type TrimTail = {
  /** The newest messages of a run that always stay, so that a reader who was away can catch up. */
  keepMessages?: number;
  /** Messages younger than this stay too, as long as there are no more than `mostMessages` of them. */
  keepMs?: number;
  mostMessages?: number;
  now: number;
};

const KEEP_MESSAGES = 10_000;
const KEEP_MS = 24 * 3_600_000;
const MOST_MESSAGES = 100_000;
/** Rows per statement: a long delete would hold its locks for as long. */
const ROWS_PER_DELETE = 5_000;

/**
 * Deletes a run's old messages whose numbers are sealed; those without numbers when they are as old. Attempts that were
 * left behind are sealed first, so that their last messages do not stay for ever. Answers how many messages went.
 */
export async function trimTail(pool: Pool, runId: string, options: TrimTail): Promise<number> {
  const { keepMessages = KEEP_MESSAGES, keepMs = KEEP_MS, mostMessages = MOST_MESSAGES } = options;
  const { rows } = await pool.query<{ attempt: number }>(
    `select tail.attempt from "MetricTail" tail join "Run" run on run.id = tail."runId"
     where run.id = $1 and tail.messages > 0 and tail.attempt < run.attempt`,
    [runId],
  );
  for (const { attempt } of rows) {
    await sealTail(pool, { runId, attempt });
  }
  let deleted = 0;
  for (;;) {
    const { rowCount } = await pool.query(TRIM, [
      runId,
      keepMessages,
      Math.max(keepMessages, mostMessages),
      new Date(options.now - keepMs),
    ]);
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < ROWS_PER_DELETE) {
      return deleted;
    }
  }
}

const TRIM = `
  delete from "RunMessage" where "runId" = $1 and seq in (
    select message.seq from "RunMessage" message
    join "Run" run on run.id = message."runId"
    left join "MetricTail" tail on tail."runId" = message."runId" and tail.attempt = message.attempt
    where message."runId" = $1
      and message.seq <= run.seq - $2
      and (message."createdAt" < $4 or message.seq <= run.seq - $3)
      and (message.payload is null or message.seq <= tail."sealedSeq")
    order by message.seq limit ${ROWS_PER_DELETE})`;
