import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";

/** Where a post stands now, wherever it was written, and what it says. */
export async function findPost(
  db: Db,
  postId: number,
): Promise<{ threadId: number; number: number; body: string; edits: number }> {
  const post = await db.forumPost.findFirst({
    where: { id: postId, state: "visible", thread: { state: "visible" } },
    select: { threadId: true, number: true, body: true, edits: true },
  });
  if (post === null || post.number === null) {
    throw new AppError("not_found", "This post is not there (any more). Load the thread again.");
  }
  return { ...post, number: post.number };
}
