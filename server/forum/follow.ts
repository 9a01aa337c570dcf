import type { Db } from "../platform/db.ts";
import type { Follow } from "./contract.ts";

/** Follows a thread, a category or a tag, mutes it, or (null) does neither. */
export async function follow(
  db: Db,
  { memberId, of, level }: Follow & { memberId: string },
): Promise<{ level: Follow["level"] }> {
  const key = { memberId, ...of };
  if (level === null) {
    await db.forumSubscription.deleteMany({ where: key });
  } else {
    await db.forumSubscription.upsert({
      where: { memberId_kind_target: key },
      create: { ...key, level },
      update: { level },
    });
  }
  return { level };
}
