import type { Db } from "../platform/db.ts";
import { hashSecret } from "./session-cookie.ts";
import { newTokenSecret } from "./token-secret.ts";

/** Gives a session another secret: whoever had the old one, from before its privileges changed, has nothing. */
export async function rotateSession(
  db: Db,
  { sessionId, secondFactorAt }: { sessionId: string; secondFactorAt?: Date | null },
): Promise<string> {
  const secret = newTokenSecret();
  await db.session.update({
    where: { id: sessionId },
    data: {
      hash: hashSecret(secret),
      ...(secondFactorAt === undefined ? {} : { secondFactorAt }),
    },
    select: { id: true },
  });
  return secret;
}
