import type { Prisma } from "../platform/db.ts";

export const THREAD_ROW = {
  id: true,
  category: true,
  title: true,
  authorId: true,
  tags: true,
  question: true,
  answerPostId: true,
  pinnedAt: true,
  lockedAt: true,
  replies: true,
  people: true,
  lastNumber: true,
  createdAt: true,
  bumpedAt: true,
} satisfies Prisma.ForumThreadSelect;

export type ThreadRow = Prisma.ForumThreadGetPayload<{ select: typeof THREAD_ROW }>;

/** A thread as lists show it, without its author and without what the reader has read. */
export function toThreadItem({ authorId: _, answerPostId, pinnedAt, lockedAt, ...row }: ThreadRow) {
  return {
    ...row,
    answered: answerPostId !== null,
    pinned: pinnedAt !== null,
    locked: lockedAt !== null,
    createdAt: row.createdAt.getTime(),
    bumpedAt: row.bumpedAt.getTime(),
  };
}
