import { withdrawPost } from "../forum/withdraw-post.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import type { Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { DecideCase } from "./contract.ts";
import { recordAct } from "./record-act.ts";
import { showPost } from "./show-post.ts";

type Tx = Prisma.TransactionClient;
type Deciding = DecideCase & { actorId: string };

/** Decides on a post as it was when it was looked at; a case that has changed since must be looked at again. */
export async function decideCase(db: PrismaClient, input: Deciding): Promise<{ done: true }> {
  const { caseId, version, outcome, reason, actorId } = input;
  return await db.$transaction(async (tx) => {
    const found = await lockCase(tx, { caseId, version });
    if (found.authorId === actorId) {
      throw new AppError("forbidden", "This is your own post. Another moderator decides.");
    }
    const post = await tx.forumPost.findUniqueOrThrow({
      where: { id: found.postId },
      include: { thread: { select: { title: true } } },
    });
    const act = { postId: post.id, threadId: post.threadId, memberId: post.authorId, caseId };
    await tx.moderationCase.update({
      where: { id: caseId },
      data: {
        ...{ state: "closed", outcome, closedAt: new Date(), deciderId: actorId },
        version: { increment: 1 },
      },
    });
    const kind = await carryOut(tx, outcome, post);
    if (kind !== "dismiss") {
      await tell(tx, { post, kind, held: post.state === "held" });
    }
    await recordAct(tx, { ...act, kind, actorId, reason });
    return { done: true };
  });
}

type Post = { id: number; threadId: number; number: number | null; state: string };

/** What is done to the post; the act's name. */
async function carryOut(
  tx: Tx,
  outcome: DecideCase["outcome"],
  { id, threadId, state }: Post,
): Promise<"hide" | "restore" | "dismiss"> {
  if (outcome === "hide") {
    // A post that waited was never shown and has no number: it goes on waiting, closed.
    await (state === "held"
      ? undefined
      : withdrawPost(tx, { postId: id, threadId, state: "hidden" }));
    return "hide";
  }
  if (outcome === "approve" && state !== "visible") {
    await showPost(tx, id);
    return "restore";
  }
  return "dismiss";
}

type Told = {
  post: Post & { authorId: string; thread: { title: string } };
  kind: "hide" | "restore";
  held: boolean;
};

async function tell(tx: Tx, { post, kind, held }: Told): Promise<void> {
  const hidden = held ? "post-refused" : "post-hidden";
  await notifyMembers(tx, {
    memberIds: [post.authorId],
    kind: kind === "hide" ? hidden : "post-released",
    subject: {
      ...{ type: "moderation", id: String(post.id) },
      url: kind === "hide" ? "/moderation/mine" : `/forum/p/${post.id}`,
    },
    data: { title: post.thread.title },
  });
}

async function lockCase(tx: Tx, { caseId, version }: { caseId: string; version: number }) {
  const [found] = await tx.$queryRaw<
    { postId: number; authorId: string; state: string; version: number }[]
  >`select "postId", "authorId", state, version from "ModerationCase" where id = ${caseId} for update`;
  if (found === undefined) {
    throw new AppError("not_found", "There is no such case. Load the queue again.");
  }
  if (found.state !== "open" || found.version !== version) {
    throw new AppError(
      "conflict",
      "Something happened to this case since you looked at it. Load the queue again.",
    );
  }
  return found;
}
