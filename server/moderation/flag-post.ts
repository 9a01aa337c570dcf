import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { FlagPost } from "./contract.ts";
import { openCase } from "./open-case.ts";

type Flagging = FlagPost & { reporterId: string };

/** Asks the moderators to look at a post. The same member's second flag changes nothing. */
export async function flagPost(
  db: PrismaClient,
  { postId, reason, note, reporterId }: Flagging,
): Promise<{ again: boolean }> {
  return await db.$transaction(async (tx) => {
    const [post] = await tx.$queryRaw<{ authorId: string; state: string }[]>`
      select "authorId", state from "ForumPost" where id = ${postId} for update`;
    if (post === undefined || post.state !== "visible") {
      throw new AppError("not_found", "This post is not there (any more). Load the thread again.");
    }
    if (post.authorId === reporterId) {
      throw new AppError("forbidden", "This is your own post. Edit it, or remove it.");
    }
    const caseId = await openCase(tx, {
      ...{ postId, authorId: post.authorId, source: "flag", signals: [] },
    });
    const { count } = await tx.moderationFlag.createMany({
      data: [{ id: newId("flag"), caseId, postId, reporterId, reason, note }],
      skipDuplicates: true,
    });
    if (count > 0) {
      await tx.moderationCase.update({
        where: { id: caseId },
        data: { flags: { increment: 1 }, version: { increment: 1 } },
      });
    }
    return { again: count === 0 };
  });
}
