import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { Category } from "./contract.ts";
import { lockThread } from "./lock-thread.ts";
import { recordAct } from "./record-act.ts";
import { refileThread } from "./refile-thread.ts";
import { wakeThread } from "./wake-thread.ts";

type Moving = { threadId: number; category: Category; reason: string; actorId: string };

/** Puts a thread into another category, where lists and searches find it from now on. */
export async function moveThread(db: PrismaClient, input: Moving): Promise<{ done: true }> {
  const { threadId, category, reason, actorId } = input;
  return await db.$transaction(async (tx) => {
    const thread = await lockThread(tx, threadId);
    if (thread.category !== category) {
      await tx.forumThread.update({ where: { id: threadId }, data: { category } });
      const [away, instead] = [[`in:${thread.category}`], [`in:${category}`]];
      await refileThread(tx, { threadId, away, instead });
      await wakeThread(tx, threadId);
      const data = { from: thread.category, to: category };
      await recordAct(tx, { kind: "move", threadId, actorId, reason, data });
    }
    return { done: true };
  });
}
