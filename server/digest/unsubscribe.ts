import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { readUnsubscribeToken } from "./unsubscribe-token.ts";

/** Ends the mails of whom the token names; once more does nothing more. */
export async function unsubscribe(
  { db, key }: { db: Db; key: Buffer },
  { token }: { token: string },
): Promise<void> {
  const id = readUnsubscribeToken(key, token);
  if (id === null) {
    throw new AppError(
      "bad_request",
      "This link is not whole. Open it from the mail again, or change the setting in your account.",
    );
  }
  await db.member.updateMany({ where: { id }, data: { digest: "never" } });
}
