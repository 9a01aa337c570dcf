import { type Pool, transaction } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { eventMessage, lockRun, saveMessage } from "../run-log/run-row.ts";
import type { RunEvent } from "../runs/contract.ts";
import type { LockedRelease } from "./lock-release.ts";

/** Sets a mark on the curve at the released step; who follows the run hears of it that way. */
export async function announceRelease(
  { db, pool }: { db: PrismaClient; pool: Pool },
  { release, now }: { release: LockedRelease; now: number },
): Promise<void> {
  const { runId, attempt, step } = await db.checkpoint.findUniqueOrThrow({
    where: { id: release.checkpointId },
    select: { runId: true, attempt: true, step: true },
  });
  const { familyId, version } = release;
  const event: RunEvent = {
    id: release.id.replace(/^rel_/, "evt_"),
    attempt,
    kind: "release",
    step: Number(step),
    time: now,
    message: `${familyId} ${version} was released from this step.`,
    source: "server",
    data: { releaseId: release.id, url: `/models/${familyId}?release=${version}` },
  };
  await transaction(pool, async (sql) => {
    const run = await lockRun(sql, runId);
    await saveMessage(sql, run, { message: eventMessage(attempt, [event]), now });
  });
}
