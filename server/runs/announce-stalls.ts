import { newId } from "../platform/ids.ts";
import { type Pool, transaction } from "../platform/pool.ts";
import { eventMessage, lockRun, saveMessage } from "../run-log/run-row.ts";
import type { RunEvent } from "./contract.ts";

/** As in server/status: five median intervals, and a minute at least. */
const FLOOR_MS = 60_000;
const INTERVALS = 5;

type Input = {
  now: number;
  /** A portal that was away itself has heard nobody: silence counts from here on at the earliest. */
  listeningSince: number;
};
type Silent = { id: string; lastMessageAt: Date };

const SILENT = `
  select id, "lastMessageAt" from "Run"
  where not archived and not paused and "finishStatus" is null and "lastMessageAt" is not null
    and "stalledSince" is distinct from "lastMessageAt"
    and greatest("lastMessageAt", $2) < $1::timestamptz
      - greatest(${FLOOR_MS}, ${INTERVALS} * coalesce("messageIntervalMs", 0)) * interval '1 millisecond'
  limit 100`;
const CLAIM = `
  update "Run" set "stalledSince" = $2
  where id = $1 and "lastMessageAt" = $2 and "stalledSince" is distinct from $2 and "finishStatus" is null and not paused`;

/**
 * Tells of each run that has fallen silent, once for each silence, however many portals look: whoever moves
 * `stalledSince` to the last message's time tells it. Answers how many were told.
 */
export async function announceStalls(pool: Pool, input: Input): Promise<number> {
  const { now, listeningSince } = input;
  const { rows } = await pool.query<Silent>(SILENT, [new Date(now), new Date(listeningSince)]);
  let told = 0;
  for (const silent of rows) {
    told += (await announce(pool, silent, now)) ? 1 : 0;
  }
  return told;
}

async function announce(pool: Pool, { id, lastMessageAt }: Silent, now: number): Promise<boolean> {
  return await transaction(pool, async (sql) => {
    const run = await lockRun(sql, id);
    const { rowCount } = await sql.query(CLAIM, [id, lastMessageAt]);
    if (rowCount !== 1) {
      return false;
    }
    const silentMs = now - lastMessageAt.getTime();
    const event: RunEvent = {
      id: newId("evt"),
      attempt: run.attempt,
      kind: "stall",
      step: run.step,
      time: now,
      message: `No message from the trainer for ${Math.round(silentMs / 1000)} s, after step ${run.step}.`,
      source: "server",
      data: { silentMs, intervalMs: run.messageIntervalMs, lastMessageAt: lastMessageAt.getTime() },
    };
    await saveMessage(sql, run, { message: eventMessage(run.attempt, [event]), now });
    return true;
  });
}
