import type { Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { indexDocument } from "../search/index-document.ts";
import type { EditPost } from "./contract.ts";

type Editing = EditPost & { memberId: string; now: number };

/** Gives one's own post another text and keeps the one it had. */
export async function editPost(
  db: PrismaClient,
  { postId, body, edits, memberId, now }: Editing,
): Promise<{ edits: number }> {
  return await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from "ForumPost" where id = ${postId} for update`;
    const post = await readEditable(tx, postId, memberId);
    if (post.edits !== edits) {
      throw new AppError(
        "conflict",
        "This post was edited meanwhile. Copy your text, load the thread again and edit once more.",
      );
    }
    if (post.body === body) {
      return { edits };
    }
    const writtenAt = post.editedAt ?? post.createdAt;
    await tx.forumRevision.create({
      data: { postId, number: edits + 1, body: post.body, editorId: memberId, writtenAt },
    });
    await tx.forumPost.update({
      where: { id: postId },
      data: { body, edits: edits + 1, editedAt: new Date(now) },
    });
    const { thread, threadId, number, createdAt } = post;
    await indexDocument(tx, {
      ...{ kind: "post", id: String(postId), title: number === 1 ? thread.title : "", text: body },
      ...{ url: `/forum/t/${threadId}?from=${number}#p${number}`, authorId: memberId, createdAt },
      ...{ place: thread.category, tags: thread.tags },
    });
    return { edits: edits + 1 };
  });
}

async function readEditable(tx: Prisma.TransactionClient, id: number, memberId: string) {
  const post = await tx.forumPost.findFirst({
    where: { id, state: "visible", thread: { state: "visible" } },
    include: { thread: { select: { title: true, category: true, tags: true, lockedAt: true } } },
  });
  if (post === null) {
    throw new AppError("not_found", "This post is not there (any more). Load the thread again.");
  }
  if (post.authorId !== memberId) {
    throw new AppError("forbidden", "Only its author edits a post. Write a reply instead.");
  }
  if (post.thread.lockedAt !== null) {
    throw new AppError("conflict", "This thread is locked, so its posts stay as they are.");
  }
  return post;
}
