import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { unknownRun } from "../run-log/run-row.ts";
import type { LogTail } from "./contract.ts";
import { listLines } from "./list-lines.ts";

type Input = { runId: string; limit?: number | undefined };

/** The newest console lines together with the seq that they are current to, so that a stream can go on from there. */
export async function readLogTail(db: PrismaClient, { runId, limit }: Input): Promise<LogTail> {
  return await db.$transaction(
    async (tx) => {
      const run = await tx.run.findUnique({ where: { id: runId }, select: { seq: true } });
      if (run === null) {
        throw unknownRun(runId);
      }
      return { seq: Number(run.seq), ...(await listLines(tx, { runId, limit })) };
    },
    { isolationLevel: "RepeatableRead" },
  );
}
