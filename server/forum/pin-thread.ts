import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { lockThread } from "./lock-thread.ts";
import { recordAct } from "./record-act.ts";
import { wakeThread } from "./wake-thread.ts";

type Pinning = { threadId: number; on: boolean; reason: string; actorId: string; now: number };

/** Puts a thread above its category's list, or back among the others. */
export async function pinThread(db: PrismaClient, input: Pinning): Promise<{ done: true }> {
  const { threadId, on, reason, actorId, now } = input;
  return await db.$transaction(async (tx) => {
    const thread = await lockThread(tx, threadId);
    if ((thread.pinnedAt !== null) !== on) {
      const pinnedAt = on ? new Date(now) : null;
      await tx.forumThread.update({ where: { id: threadId }, data: { pinnedAt } });
      await wakeThread(tx, threadId);
      await recordAct(tx, { kind: on ? "pin" : "unpin", threadId, actorId, reason });
    }
    return { done: true };
  });
}
