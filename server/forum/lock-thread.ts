import type { Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";

export type LockedThread = {
  id: number;
  category: string;
  title: string;
  tags: string[];
  authorId: string;
  lastNumber: number;
  state: string;
  question: boolean;
  answerPostId: number | null;
  lockedAt: Date | null;
  pinnedAt: Date | null;
};

/** Holds a thread's row until the transaction ends: whatever changes a thread or its posts does so one after another. */
export async function lockThread(tx: Prisma.TransactionClient, id: number): Promise<LockedThread> {
  const [thread] = await tx.$queryRaw<LockedThread[]>`
    select id, category, title, tags, "authorId", "lastNumber", state, question, "answerPostId", "lockedAt", "pinnedAt"
    from "ForumThread" where id = ${id} for update`;
  if (thread === undefined || thread.state === "hidden") {
    throw new AppError(
      "not_found",
      "This thread is not there (any more). Look for it in the forum.",
    );
  }
  return thread;
}
