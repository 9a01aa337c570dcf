import type { Db } from "../platform/db.ts";

/** Ends a member's sessions, all or all but one; returns how many. Felt from the next request on. */
export async function endSessions(
  db: Db,
  input: { memberId: string; except?: string },
): Promise<number> {
  const { memberId, except } = input;
  const { count } = await db.session.deleteMany({
    where: { memberId, ...(except === undefined ? {} : { id: { not: except } }) },
  });
  return count;
}
