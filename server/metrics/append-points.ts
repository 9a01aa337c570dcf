import { AppError } from "../platform/errors.ts";
import type { Sql } from "../platform/pool.ts";
import { LIMITS } from "../runs/contract.ts";
import { type BatchColumns, countPoints } from "./packed-batch.ts";
import type { TailSize } from "./tail-policy.ts";

export type AppendPoints = { runId: string; attempt: number; batch: BatchColumns };

/** Points of this batch, and what then waits in the attempt's tail: hand `tail` to `sealIfDue` after the commit. */
export type AppendedPoints = { points: number; tail: TailSize };

// Keys that stand already are only looked at, never locked, so an append cannot deadlock with a seal.
const ADD_SERIES = `
  with added as (
    insert into "MetricSeries" ("runId", attempt, key)
    select $1, $2, wanted.key from unnest($3::text[]) as wanted(key)
    where not exists (
      select 1 from "MetricSeries" s where s."runId" = $1 and s.attempt = $2 and s.key = wanted.key)
    on conflict do nothing
    returning 1)
  insert into "MetricTail" as tail ("runId", attempt, points, messages) values ($1, $2, $4, 1)
  on conflict ("runId", attempt)
  do update set points = tail.points + excluded.points, messages = tail.messages + 1
  returning points, messages, (select count(*)::int from added) as added`;

/**
 * Makes a batch's keys known and counts its points into the attempt's tail. Call it inside the transaction that
 * inserts the RunMessage with `packBatch(batch)`, under the run's row lock. A batch without points touches nothing:
 * leave its message's payload null.
 * Throws `too_large` when the attempt would have more keys than allowed; the transaction must then roll back.
 */
export async function appendPoints(sql: Sql, input: AppendPoints): Promise<AppendedPoints> {
  const { runId, attempt, batch } = input;
  const { points, keys } = countPoints(batch);
  if (points === 0) {
    return { points, tail: { points: 0, messages: 0 } };
  }
  const { rows } = await sql.query<TailSize & { added: number }>({
    name: "metrics-append",
    text: ADD_SERIES,
    values: [runId, attempt, keys, points],
  });
  const { added, ...tail } = rows[0] ?? { added: 0, points: 0, messages: 0 };
  if (added > 0) {
    await refuseTooManyKeys(sql, input);
  }
  return { points, tail };
}

async function refuseTooManyKeys(sql: Sql, { runId, attempt }: AppendPoints): Promise<void> {
  const { rows } = await sql.query<{ keys: number }>(
    `select count(*)::int as keys from "MetricSeries" where "runId" = $1 and attempt = $2`,
    [runId, attempt],
  );
  const keys = rows[0]?.keys ?? 0;
  if (keys > LIMITS.keysPerRun) {
    throw new AppError(
      "too_large",
      `A run may have ${LIMITS.keysPerRun} metric keys and this batch would make it ${keys}. Log fewer names: put numbers such as a layer or a rank into coarser groups.`,
      { details: { keys, limit: LIMITS.keysPerRun } },
    );
  }
}
