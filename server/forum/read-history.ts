import { readAuthors } from "../auth/read-authors.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { PostHistory } from "./contract.ts";

/** What a visible post said before each of its edits, and what it says now. */
export async function readHistory(db: PrismaClient, postId: number): Promise<PostHistory> {
  const post = await db.forumPost.findFirst({
    where: { id: postId, state: "visible", thread: { state: "visible" } },
    include: {
      revisions: { orderBy: { number: "asc" } },
      thread: { select: { title: true } },
    },
  });
  if (post === null) {
    throw new AppError("not_found", "This post is not there (any more). Load the thread again.");
  }
  const { threadId, number, thread, body } = post;
  const title = number === 1 ? thread.title : null;
  const now = { title, body, writtenAt: post.editedAt ?? post.createdAt };
  return {
    threadId,
    threadTitle: thread.title,
    number: number ?? 0,
    author: (await readAuthors(db, [post.authorId]))(post.authorId),
    texts: [...post.revisions, now].map((text) => ({
      title: text.title,
      body: text.body,
      writtenAt: text.writtenAt.getTime(),
    })),
  };
}
