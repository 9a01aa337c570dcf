import type { Actor, MemberActor } from "../auth/actor.ts";
import type { GithubIdentity } from "../auth/ask-github.ts";
import { openSession } from "../auth/open-session.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { addMember } from "./add-member.ts";

/** What comes of an identity that GitHub vouches for. Only `in` opens a session. */
export type GithubOutcome =
  | { next: "in"; secret: string; needsCode: boolean }
  /** Signed in: linking waits for this member's word. */
  | { next: "link" }
  | { next: "linked" }
  /** Nobody yet: an account waits for a name. */
  | { next: "name" };

type Entering = { identity: GithubIdentity; actor: Actor; userAgent: string; now: number };

/**
 * An identity opens the account it is linked to and no other: that GitHub confirms the address of an account here links
 * nothing, because whoever holds the account has to say so.
 */
export async function enterByGithub(
  db: Db,
  { identity, actor, userAgent, now }: Entering,
): Promise<GithubOutcome> {
  const owner = await db.member.findUnique({
    where: { githubId: identity.githubId, deletedAt: null },
    select: { id: true, totpConfirmedAt: true },
  });
  if (actor.kind === "member") {
    if (owner !== null && owner.id !== actor.memberId) {
      throw new AppError("conflict", "This GitHub account opens another account here.", {
        details: { reason: "github-taken" },
      });
    }
    return { next: owner === null ? "link" : "linked" };
  }
  if (owner !== null) {
    const memberId = owner.id;
    const { secret } = await openSession(db, { memberId, method: "github", userAgent, now });
    return { next: "in", secret, needsCode: owner.totpConfirmedAt !== null };
  }
  await refuseKnownAddress(db, identity.email);
  return { next: "name" };
}

async function refuseKnownAddress(db: Db, email: string | null): Promise<void> {
  const known =
    email !== null && (await db.member.count({ where: { emailKey: email.toLowerCase() } })) > 0;
  if (known) {
    throw new AppError(
      "conflict",
      "This address has an account already. Sign in with its password, then link GitHub under Account.",
      { details: { reason: "link-first" } },
    );
  }
}

type Naming = {
  identity: GithubIdentity;
  name: string;
  language: "en" | "zh";
  userAgent: string;
  now: number;
};

/** Opens an account for an identity that has none, under the name that its owner chose. */
export async function openGithubAccount(
  db: PrismaClient,
  { identity, name, language, userAgent, now }: Naming,
): Promise<{ memberId: string; secret: string }> {
  return await db.$transaction(async (tx) => {
    await refuseKnownAddress(tx, identity.email);
    const github = { id: identity.githubId, login: identity.login };
    const memberId = await addMember(tx, { name, email: identity.email, github, language, now });
    const { secret } = await openSession(tx, { memberId, method: "github", userAgent, now });
    return { memberId, secret };
  });
}

/** Links the identity to the account of whoever confirmed it. */
export async function linkGithub(
  db: Db,
  { identity, actor }: { identity: GithubIdentity; actor: MemberActor },
): Promise<void> {
  const taken = await db.member.count({ where: { githubId: identity.githubId } });
  if (taken > 0) {
    throw new AppError("conflict", "This GitHub account opens another account here.", {
      details: { reason: "github-taken" },
    });
  }
  await db.member.update({
    where: { id: actor.memberId },
    data: { githubId: identity.githubId, githubLogin: identity.login },
  });
}

/** Takes the link away, unless nothing else would open the account. */
export async function unlinkGithub(db: Db, { actor }: { actor: MemberActor }): Promise<void> {
  const { count } = await db.member.updateMany({
    where: { id: actor.memberId, passwordHash: { not: null } },
    data: { githubId: null, githubLogin: null },
  });
  if (count === 0) {
    throw new AppError(
      "conflict",
      "GitHub is the only way into your account. Choose a password by mail first.",
      { details: { reason: "only-way-in" } },
    );
  }
}
