import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { type Pool, transaction } from "../platform/pool.ts";
import type { RunCommand, SendCommand } from "../run-log/contract.ts";
import { lockLivingRun } from "../run-log/run-row.ts";

type Input = { runId: string; command: SendCommand; now: number };

const SAME = `
  select id, kind, reason, payload from "RunCommand"
  where "runId" = $1 and kind = $2 and payload is not distinct from $3::jsonb and "acknowledgedAt" is null`;
const INSERT = `
  insert into "RunCommand" (id, "runId", kind, reason, payload, "createdAt")
  values ($1, $2, $3, $4, $5::jsonb, $6)`;

/**
 * Leaves a command for the run's trainer, which finds it in its next answer. One that is still pending is not
 * doubled: asking again answers with it; another factor or other weights are another command. A finished run has nobody to listen: `conflict`.
 */
export async function sendCommand(pool: Pool, { runId, command, now }: Input): Promise<RunCommand> {
  return await transaction(pool, async (sql) => {
    const run = await lockLivingRun(sql, runId);
    if (run.finishStatus !== null) {
      throw new AppError(
        "conflict",
        `This run is ${run.finishStatus}; no trainer listens. Resume the training first.`,
      );
    }
    const { kind, reason } = command;
    const payload = "payload" in command ? command.payload : null;
    const json = payload === null ? null : JSON.stringify(payload);
    const pending = await sql.query<RunCommand>(SAME, [runId, kind, json]);
    const first = pending.rows[0];
    if (first !== undefined) {
      return first;
    }
    const id = newId("cmd");
    await sql.query(INSERT, [id, runId, kind, reason, json, new Date(now)]);
    return { id, kind, reason, payload };
  });
}
