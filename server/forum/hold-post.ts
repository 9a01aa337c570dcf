import { notifyMembers } from "../notifications/notify-members.ts";
import type { Prisma } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { type Review, reviewPost } from "./review-rules.ts";

type Tx = Prisma.TransactionClient;
const LATELY_MS = 2 * 60_000;
const DAY_MS = 86_400_000;

type Asked = { authorId: string; body: string; at: Date };

/** Whether a post is to be looked at before it is shown. */
export async function findReview(tx: Tx, { authorId, body, at }: Asked): Promise<Review | null> {
  const author = await tx.member.findUnique({
    where: { id: authorId },
    select: { trust: true, roles: { select: { role: true }, take: 1 } },
  });
  if (author === null || author.trust > 1 || author.roles.length > 0) {
    return null;
  }
  const after = (ms: number) => new Date(at.getTime() - ms);
  const recent = await tx.forumPost.findMany({
    where: { authorId, createdAt: { gt: after(DAY_MS) } },
    orderBy: { id: "desc" },
    take: 200,
    select: { body: true, createdAt: true },
  });
  const shown = await tx.forumPost.findFirst({
    where: { authorId, state: "visible" },
    select: { id: true },
  });
  return reviewPost({
    ...{ trust: author.trust, hasRole: false, body, shown: shown === null ? 0 : 1 },
    lately: recent.filter(({ createdAt }) => createdAt > after(LATELY_MS)).length,
    same: recent.filter((post) => post.body === body).length,
  });
}

type Held = { id: number; authorId: string; title: string; review: Review };

/** Puts a post that waits into the moderators' queue, and tells its author. */
export async function queuePost(tx: Tx, { id, authorId, title, review }: Held): Promise<void> {
  const { source, signals } = review;
  await tx.moderationCase.create({
    data: { id: newId("case"), postId: id, authorId, source, signals },
  });
  await notifyMembers(tx, {
    memberIds: [authorId],
    kind: "post-held",
    subject: { type: "held", id: String(id), url: "/moderation/mine" },
    data: { title },
  });
}
