import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";

/** Ends a token from the next request on; ending it again changes nothing. */
export async function revokeToken(db: Db, input: { id: string; now: number }): Promise<void> {
  await db.apiToken.updateMany({
    where: { id: input.id, revokedAt: null },
    data: { revokedAt: new Date(input.now) },
  });
  if ((await db.apiToken.count({ where: { id: input.id } })) === 0) {
    throw new AppError(
      "not_found",
      `There is no token ${input.id}. See \`npm run token -- list\` for the ids.`,
    );
  }
}
