import { hashToken } from "../auth/token-secret.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { LinkPurpose } from "./issue-link.ts";

/** Uses a mailed link up, within the caller's transaction: of two who use it at once, one is refused. */
export async function takeLink(
  tx: Db,
  input: { purpose: LinkPurpose; secret: string; now: number },
): Promise<{ email: string; memberId: string | null; grants: string[] }> {
  const { purpose, secret, now } = input;
  const at = new Date(now);
  const [link] = await tx.mailToken.updateManyAndReturn({
    where: { hash: hashToken(secret), purpose, usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
    select: { email: true, memberId: true, grants: true },
  });
  if (link === undefined) {
    throw new AppError("bad_request", "This link was used or is too old. Ask for a new one.", {
      details: { reason: "link-used" },
    });
  }
  return link;
}
