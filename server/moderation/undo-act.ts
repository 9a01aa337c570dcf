import type { Prisma } from "../platform/db.ts";
import { showPost } from "./show-post.ts";

type Undone = {
  id: string;
  kind: string;
  postId: number | null;
  memberId: string | null;
  endsAt: Date | null;
};

/** Takes back what an act did, as far as it still holds. */
export async function undoAct(tx: Prisma.TransactionClient, act: Undone): Promise<void> {
  const { id, kind, postId, memberId, endsAt } = act;
  if (kind === "hide" && postId !== null) {
    await showPost(tx, postId);
  }
  // Only this act's own limit: a later one stands for itself.
  if (kind === "silence" && memberId !== null) {
    await tx.member.updateMany({
      where: { id: memberId, silencedUntil: endsAt },
      data: { silencedUntil: null },
    });
  }
  if (kind === "suspend" && memberId !== null) {
    await tx.member.updateMany({
      where: { id: memberId, suspendedUntil: endsAt },
      data: { suspendedUntil: null },
    });
  }
  await tx.moderationAct.update({ where: { id }, data: { revokedAt: new Date() } });
}
