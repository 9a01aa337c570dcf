import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { Appeal } from "./contract.ts";

/** What can be appealed: what limits a member or hides their words. */
export const APPEALABLE = ["hide", "warn", "silence", "suspend"];

/** Asks another moderator to look at an act against oneself; once for each act. */
export async function appealAct(
  db: Db,
  { actId, text, memberId }: Appeal & { memberId: string },
): Promise<{ done: true }> {
  const act = await db.moderationAct.findFirst({
    where: { id: actId, memberId, revokedAt: null, kind: { in: APPEALABLE } },
    select: { actorId: true },
  });
  if (act === null) {
    throw new AppError("not_found", "There is no such act against you, or it was taken back.");
  }
  const { count } = await db.moderationAppeal.createMany({
    data: [{ id: newId("appeal"), actId, memberId, actActorId: act.actorId, text }],
    skipDuplicates: true,
  });
  if (count === 0) {
    throw new AppError("conflict", "You have appealed this already. You will be told the answer.");
  }
  return { done: true };
}
