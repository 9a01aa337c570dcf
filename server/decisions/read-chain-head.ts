import type { Db } from "../platform/db.ts";

/** The newest decision's number and hash, which vouch for all before it; null before the first one. */
export async function readChainHead(db: Db): Promise<{ number: number; hash: string } | null> {
  return await db.decision.findFirst({
    orderBy: { number: "desc" },
    select: { number: true, hash: true },
  });
}
