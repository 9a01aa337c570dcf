import type { Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { EditPost } from "./contract.ts";
import { indexPost } from "./index-post.ts";
import { type LockedThread, lockThread } from "./lock-thread.ts";
import { recordCitations } from "./record-citations.ts";
import { renameThread } from "./rename-thread.ts";
import { wakeThread } from "./wake-thread.ts";

type Editing = EditPost & { memberId: string; now: number };
type Tx = Prisma.TransactionClient;

/** Gives one's own post another text (the first one also its thread's title and tags) and keeps the ones it had. */
export async function editPost(db: PrismaClient, input: Editing): Promise<{ edits: number }> {
  const { postId, body, edits, memberId, now } = input;
  return await db.$transaction(async (tx) => {
    const { post, thread } = await lockEditable(tx, postId, memberId);
    if (post.edits !== edits) {
      throw new AppError(
        "conflict",
        "This post was edited meanwhile. Copy your text, load the thread again and edit once more.",
      );
    }
    const named = wantedNames(input, post.number, thread);
    if (post.body === body && named.title === thread.title && named.tags === thread.tags) {
      return { edits };
    }
    const written = { editorId: memberId, writtenAt: post.editedAt ?? post.createdAt };
    const title = post.number === 1 ? thread.title : null;
    await tx.forumRevision.create({
      data: { postId, number: edits + 1, title, body: post.body, ...written },
    });
    await tx.forumPost.update({
      where: { id: postId },
      data: { body, edits: edits + 1, editedAt: new Date(now) },
    });
    await renameThread(tx, thread, named);
    await indexPost(tx, {
      ...{ id: postId, threadId: thread.id, number: post.number, authorId: memberId, body },
      ...{ createdAt: post.createdAt, thread: { ...thread, ...named } },
    });
    await recordCitations(tx, { postId, body });
    await tx.forumDraft.deleteMany({ where: { memberId, place: `edit:${postId}` } });
    await wakeThread(tx, thread.id);
    return { edits: edits + 1 };
  });
}

/** Title and tags as they are to be; the very same array where nothing changes. */
function wantedNames(
  { title, tags }: Editing,
  number: number,
  thread: LockedThread,
): { title: string; tags: string[] } {
  if (number !== 1) {
    return { title: thread.title, tags: thread.tags };
  }
  const wanted = [...new Set(tags ?? thread.tags)];
  const same = wanted.join() === thread.tags.join();
  return { title: title ?? thread.title, tags: same ? thread.tags : wanted };
}

async function lockEditable(tx: Tx, id: number, memberId: string) {
  const place = await tx.forumPost.findUnique({ where: { id }, select: { threadId: true } });
  const thread = place === null ? null : await lockThread(tx, place.threadId);
  const post = await tx.forumPost.findFirst({ where: { id, state: "visible" } });
  if (post === null || thread === null || post.number === null || thread.state !== "visible") {
    throw new AppError("not_found", "This post is not there (any more). Load the thread again.");
  }
  if (post.authorId !== memberId) {
    throw new AppError("forbidden", "Only its author edits a post. Write a reply instead.");
  }
  if (thread.lockedAt !== null) {
    throw new AppError("conflict", "This thread is locked, so its posts stay as they are.");
  }
  return { post: { ...post, number: post.number }, thread };
}
