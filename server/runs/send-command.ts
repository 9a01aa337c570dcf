import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { type Pool, transaction } from "../platform/pool.ts";
import type { RunCommand, SendCommand } from "./contract.ts";
import { lockLivingRun } from "./run-row.ts";

type Input = { runId: string; command: SendCommand; now: number };

const SAME = `
  select id, kind, reason from "RunCommand" where "runId" = $1 and kind = $2 and "acknowledgedAt" is null`;
const INSERT = `
  insert into "RunCommand" (id, "runId", kind, reason, "createdAt") values ($1, $2, $3, $4, $5)`;

/**
 * Leaves a command for the run's trainer, which finds it in its next answer. One that is still pending is not
 * doubled: asking again answers with it. A finished run has nobody to listen: `conflict`.
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
    const pending = await sql.query<RunCommand>(SAME, [runId, command.kind]);
    const first = pending.rows[0];
    if (first !== undefined) {
      return first;
    }
    const id = newId("cmd");
    await sql.query(INSERT, [id, runId, command.kind, command.reason, new Date(now)]);
    return { id, ...command };
  });
}
