import type { MemberActor } from "../auth/actor.ts";
import type { Prisma } from "../platform/db.ts";
import { refuse } from "./refuse.ts";

/** Locks one's own application until the transaction ends; refuses anybody else's. */
export async function lockOwn(
  tx: Prisma.TransactionClient,
  id: number,
  actor: MemberActor,
): Promise<{ createdAt: Date; stage: string; title: string }> {
  const [row] = await tx.$queryRaw<
    { authorId: string; createdAt: Date; stage: string; title: string }[]
  >`select "authorId", "createdAt", stage, title from "Showcase" where id = ${id} and state = 'visible' for update`;
  if (row === undefined) {
    throw refuse("no-showcase");
  }
  if (row.authorId !== actor.memberId) {
    throw refuse("not-yours");
  }
  return row;
}
