import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";

/** A picture that somebody has put into a text; one that a moderator has taken away is not there. */
export async function findImage(
  db: Db,
  sha256: string,
): Promise<{ sha256: string; size: number; uploadedAt: Date }> {
  const rows = await db.forumImage.findMany({
    where: { sha256 },
    select: { bytes: true, removedAt: true, uploadedAt: true },
    orderBy: { uploadedAt: "asc" },
  });
  const [first] = rows;
  if (first === undefined || rows.some(({ removedAt }) => removedAt !== null)) {
    throw new AppError("not_found", "There is no such picture (any more).");
  }
  return { sha256, size: first.bytes, uploadedAt: first.uploadedAt };
}
