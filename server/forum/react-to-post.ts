import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";

export type Reaction = {
  postId: number;
  memberId: string;
  kind: "helpful" | "agree" | "same" | "thanks";
  on: boolean;
};

/** Gives or takes back a reaction; the count on the post changes only when a row did. */
export async function reactToPost(
  db: PrismaClient,
  { postId, memberId, kind, on }: Reaction,
): Promise<Record<string, number>> {
  return await db.$transaction(async (tx) => {
    const [post] = await tx.$queryRaw<
      { state: string; authorId: string; reactions: Record<string, number> }[]
    >`
      select state, "authorId", reactions from "ForumPost" where id = ${postId} for update`;
    if (post === undefined || post.state !== "visible") {
      throw new AppError("not_found", "This post is not there (any more). Load the thread again.");
    }
    if (post.authorId === memberId) {
      throw new AppError(
        "forbidden",
        "This is your own post. Reactions are for the posts of others.",
      );
    }
    const changed = on
      ? await tx.$executeRaw`
          insert into "ForumReaction" ("postId", "memberId", kind) values (${postId}, ${memberId}, ${kind})
          on conflict do nothing`
      : await tx.$executeRaw`
          delete from "ForumReaction" where "postId" = ${postId} and "memberId" = ${memberId} and kind = ${kind}`;
    const count = (post.reactions[kind] ?? 0) + (on ? changed : -changed);
    const reactions = { ...post.reactions, [kind]: count };
    await tx.forumPost.update({ where: { id: postId }, data: { reactions } });
    return reactions;
  });
}
