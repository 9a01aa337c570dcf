import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { PostHistory } from "./contract.ts";

/** What a visible post said before each of its edits, and what it says now. */
export async function readHistory(db: PrismaClient, postId: number): Promise<PostHistory> {
  const post = await db.forumPost.findFirst({
    where: { id: postId, state: "visible", thread: { state: "visible" } },
    include: { revisions: { orderBy: { number: "asc" } } },
  });
  if (post === null) {
    throw new AppError("not_found", "This post is not there (any more). Load the thread again.");
  }
  const now = { body: post.body, writtenAt: post.editedAt ?? post.createdAt };
  return {
    texts: [...post.revisions, now].map(({ body, writtenAt }) => ({
      body,
      writtenAt: writtenAt.getTime(),
    })),
  };
}
