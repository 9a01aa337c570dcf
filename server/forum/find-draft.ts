import { z } from "zod";
import type { Db } from "../platform/db.ts";
import type { Draft } from "./contract.ts";

const Extra = z.record(z.string(), z.string());

/** What a member has begun to write at a place, on whatever device. */
export async function findDraft(
  db: Db,
  key: { memberId: string; place: string },
): Promise<{ draft: Draft | null }> {
  const row = await db.forumDraft.findUnique({ where: { memberId_place: key } });
  if (row === null) {
    return { draft: null };
  }
  const { title, body, version } = row;
  const extra = Extra.safeParse(row.extra).data ?? {};
  return { draft: { title, body, extra, version, updatedAt: row.updatedAt.getTime() } };
}
