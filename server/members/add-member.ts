import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";

type NewMember = {
  name: string;
  /** Confirmed, by a mailed link or by GitHub. */
  email: string | null;
  passwordHash?: string;
  github?: { id: string; login: string };
  language: "en" | "zh";
  now: number;
};

/** Makes the member's row. The constraints decide whether name, address and GitHub account are free. */
export async function addMember(tx: Db, input: NewMember): Promise<string> {
  const { name, email, passwordHash = null, github, language, now } = input;
  const id = newId("mem");
  const { count } = await tx.member.createMany({
    data: [
      {
        id,
        name,
        nameKey: name.toLowerCase(),
        email,
        emailKey: email?.toLowerCase() ?? null,
        emailVerifiedAt: email === null ? null : new Date(now),
        passwordHash,
        githubId: github?.id ?? null,
        githubLogin: github?.login ?? null,
        locale: language,
        createdAt: new Date(now),
      },
    ],
    // Nothing throws on a conflict: the count says whether there was one, and the transaction stays usable.
    skipDuplicates: true,
  });
  if (count === 0) {
    throw await conflict(tx, name);
  }
  return id;
}

async function conflict(tx: Db, name: string): Promise<AppError> {
  const taken = await tx.member.count({ where: { nameKey: name.toLowerCase() } });
  return taken > 0
    ? new AppError("conflict", `The name ${name} is taken. Choose another.`, {
        details: { reason: "name-taken", name },
      })
    : new AppError("conflict", "This address has an account already. Sign in with it.", {
        details: { reason: "address-taken" },
      });
}
