import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { issueLink } from "./issue-link.ts";

/** The link by which the first admin makes an account. Refused once there is an admin: from then on roles are granted. */
export async function inviteAdmin(
  db: Db,
  input: { email: string; language: "en" | "zh"; origin: string; now: number },
): Promise<string> {
  const admins = await db.memberRole.count({ where: { role: "admin" } });
  if (admins > 0) {
    throw new AppError(
      "conflict",
      "There is an admin already. Give further members the role: npm run member -- grant NAME admin --reason WHY",
    );
  }
  // An earlier link that nobody used must not make a second admin.
  await db.mailToken.deleteMany({ where: { grants: { has: "admin" }, usedAt: null } });
  return await issueLink(db, { purpose: "sign_up", grants: ["admin"], ...input });
}
