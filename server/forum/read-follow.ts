import type { Db } from "../platform/db.ts";
import type { FollowLevel, FollowTarget } from "./contract.ts";

/** Whether a member follows something, or wants to hear nothing of it. */
export async function readFollow(
  db: Db,
  { memberId, of }: { memberId: string | null; of: FollowTarget },
): Promise<{ level: FollowLevel | null }> {
  if (memberId === null) {
    return { level: null };
  }
  const row = await db.forumSubscription.findUnique({
    where: { memberId_kind_target: { memberId, ...of } },
    select: { level: true },
  });
  return { level: (row?.level ?? null) as FollowLevel | null };
}
