import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { lockThread } from "./lock-thread.ts";
import { recordAct } from "./record-act.ts";
import { wakeThread } from "./wake-thread.ts";

type Closing = { threadId: number; on: boolean; reason: string; actorId: string; now: number };

/** Lets nobody write in a thread or change its posts, or opens it again. */
export async function closeThread(db: PrismaClient, input: Closing): Promise<{ done: true }> {
  const { threadId, on, reason, actorId, now } = input;
  return await db.$transaction(async (tx) => {
    const thread = await lockThread(tx, threadId);
    if ((thread.lockedAt !== null) !== on) {
      const lockedAt = on ? new Date(now) : null;
      await tx.forumThread.update({ where: { id: threadId }, data: { lockedAt } });
      await wakeThread(tx, threadId);
      await recordAct(tx, { kind: on ? "lock" : "unlock", threadId, actorId, reason });
    }
    return { done: true };
  });
}
