import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { RunCommand } from "../../run-log/contract.ts";
import { sendCommand } from "../../run-log/send-command.ts";
import type { ControlPatch } from "../contract.ts";
import { refuse } from "../refuse.ts";

type Sent = {
  runId: string;
  patch: ControlPatch;
  memberId: string | null;
  reason: string;
  now: number;
};

/** The patch as the command that the trainer understands. */
export async function sendPatch(db: PrismaClient, input: Sent): Promise<RunCommand> {
  const { runId, patch, memberId, reason, now } = input;
  const [change] = patch;
  if (change === undefined) {
    throw refuse("wrong-state");
  }
  const command =
    change.path === "/rate"
      ? { kind: "rate" as const, reason, payload: { factor: change.value } }
      : { kind: "weights" as const, reason, payload: { weights: change.value } };
  return await sendCommand(db, { runId, command, memberId, now });
}
