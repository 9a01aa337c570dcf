import { newId } from "../platform/ids.ts";
import type { Sql } from "../platform/pool.ts";
import { eventMessage, lockRun, saveMessage } from "../run-log/run-row.ts";
import type { RunEvent } from "./contract.ts";

type Input = { checkpointId: string; runId: string; now: number };
type Completed = { attempt: number; step: number; bytes: number; files: number };

const COMPLETE = `
  update "Checkpoint" c set "completedAt" = $2
  where c.id = $1 and c."completedAt" is null
    and not exists (select 1 from "CheckpointFile" f where f."checkpointId" = c.id and f."completedAt" is null)
  returning c.attempt, c.step,
    (select sum(size)::bigint from "CheckpointFile" where "checkpointId" = c.id) as bytes,
    (select count(*)::int from "CheckpointFile" where "checkpointId" = c.id) as files`;

/**
 * Makes a checkpoint public when all its files are complete: with an event, and a message that open pages see.
 * Call it in the transaction that completed a file, under the run's lock; answers whether it is public now.
 */
export async function publishIfComplete(sql: Sql, input: Input): Promise<boolean> {
  const { rows } = await sql.query<Completed>(COMPLETE, [input.checkpointId, new Date(input.now)]);
  const completed = rows[0];
  if (completed === undefined) {
    return false;
  }
  const run = await lockRun(sql, input.runId);
  const { attempt, step, bytes, files } = completed;
  const event: RunEvent = {
    id: newId("evt"),
    attempt,
    kind: "checkpoint",
    step,
    time: input.now,
    message: `The checkpoint of step ${step} can be downloaded.`,
    source: "server",
    data: { checkpointId: input.checkpointId, bytes, files },
  };
  await saveMessage(sql, run, { message: eventMessage(attempt, [event]), now: input.now });
  return true;
}
