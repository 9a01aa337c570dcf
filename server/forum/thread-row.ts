import type { Prisma } from "../platform/db.ts";

export const THREAD_ROW = {
  id: true,
  category: true,
  title: true,
  authorId: true,
  tags: true,
  question: true,
  answerPostId: true,
  lockedAt: true,
  replies: true,
  people: true,
  createdAt: true,
  bumpedAt: true,
} satisfies Prisma.ForumThreadSelect;

type ThreadRow = Prisma.ForumThreadGetPayload<{ select: typeof THREAD_ROW }>;

/** A thread as lists show it, without its author. */
export function toThreadItem({ authorId: _, answerPostId, lockedAt, ...row }: ThreadRow) {
  return {
    ...row,
    answered: answerPostId !== null,
    locked: lockedAt !== null,
    createdAt: row.createdAt.getTime(),
    bumpedAt: row.bumpedAt.getTime(),
  };
}
