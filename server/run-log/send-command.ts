import { recordDecision } from "../decisions/record-decision.ts";
import type { Db, Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { RunCommand, SendCommand } from "./contract.ts";
import { refuseArchived, unknownRun } from "./run-row.ts";

type Input = {
  runId: string;
  command: SendCommand;
  /** The engineer; null for the holder of a control token. */
  memberId: string | null;
  now: number;
};

/**
 * Leaves a command for the run's trainer, which finds it in its next answer, and records it as a decision. One that is
 * still pending is not doubled: asking again answers with it; another factor or other weights are another command. A
 * finished run has nobody to listen: `conflict`.
 */
export async function sendCommand(db: PrismaClient, input: Input): Promise<RunCommand> {
  return await db.$transaction(async (tx) => {
    await requireListener(tx, input.runId);
    return (await findPending(tx, input)) ?? (await leave(tx, input));
  });
}

type Listening = { archived: boolean; finishStatus: string | null };

/** Locks the run's row: of two who send the same at once, the second finds what the first left. */
async function requireListener(tx: Db, runId: string): Promise<void> {
  const [run] = await tx.$queryRaw<Listening[]>`
    select archived, "finishStatus" from "Run" where id = ${runId} for update`;
  if (run === undefined) {
    throw unknownRun(runId);
  }
  refuseArchived(run);
  if (run.finishStatus !== null) {
    throw new AppError(
      "conflict",
      `This run is ${run.finishStatus}; no trainer listens. Resume the training first.`,
    );
  }
}

async function findPending(tx: Db, { runId, command }: Input): Promise<RunCommand | null> {
  const payload = JSON.stringify(payloadOf(command));
  const [pending] = await tx.$queryRaw<RunCommand[]>`
    select id, kind, reason, payload from "RunCommand"
    where "runId" = ${runId} and kind = ${command.kind} and "acknowledgedAt" is null
      and coalesce(payload, 'null') = ${payload}::jsonb
    order by "createdAt" limit 1`;
  return pending ?? null;
}

async function leave(tx: Db, { runId, command, memberId, now }: Input): Promise<RunCommand> {
  const { kind, reason } = command;
  const id = newId("cmd");
  const payload = payloadOf(command);
  const row = { id, runId, kind, reason, memberId, createdAt: new Date(now) };
  await tx.runCommand.create({ data: payload === null ? row : { ...row, payload } });
  await recordDecision(tx, {
    kind: "run.command",
    subject: { type: "run", id: runId },
    actorId: memberId,
    reason,
    data: { command: id, kind, payload },
    now,
  });
  return { id, kind, reason, payload };
}

function payloadOf(command: SendCommand): Prisma.JsonObject | null {
  return "payload" in command ? (command.payload as Prisma.JsonObject) : null;
}
