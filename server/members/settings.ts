import type { MemberActor } from "../auth/actor.ts";
import { MEMBER_REF, toMemberRef } from "../auth/member-ref.ts";
import { NOTIFICATION_KINDS } from "../notifications/contract.ts";
import type { Db } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { OwnSettings, Settings } from "./contract.ts";

const KINDS = Object.keys(NOTIFICATION_KINDS);

/** What one's account page shows and lets one change. */
export async function readSettings(
  db: Db,
  { actor }: { actor: MemberActor },
): Promise<OwnSettings> {
  const { memberId } = actor;
  const row = await db.member.findUniqueOrThrow({
    where: { id: memberId },
    select: {
      ...MEMBER_REF,
      ...{ locale: true, bio: true, website: true, digest: true, email: true, githubLogin: true },
      passwordHash: true,
      mutes: { select: { kind: true, medium: true } },
    },
  });
  return {
    language: row.locale === "zh" ? "zh" : "en",
    bio: row.bio,
    website: row.website,
    digest: row.digest === "daily" || row.digest === "weekly" ? row.digest : "never",
    muted: row.mutes.map(({ kind, medium }) => ({
      kind,
      medium: medium === "mail" ? "mail" : "app",
    })),
    avatar: toMemberRef(row).avatar,
    email: row.email,
    github: row.githubLogin,
    hasPassword: row.passwordHash !== null,
    recoveryCodesLeft: await db.recoveryCode.count({ where: { memberId, usedAt: null } }),
    kinds: KINDS,
  };
}

/** Keeps the settings as a whole: what is not muted any more is told again. */
export async function saveSettings(
  db: PrismaClient,
  { actor, language, bio, website, digest, muted }: Settings & { actor: MemberActor },
): Promise<void> {
  const { memberId } = actor;
  const known = muted.filter(({ kind }) => KINDS.includes(kind));
  await db.$transaction(async (tx) => {
    if (digest !== "never") {
      // The first mail begins where it was asked for.
      await tx.member.updateMany({
        where: { id: memberId, digest: "never" },
        data: { digestSentAt: new Date() },
      });
    }
    await tx.member.update({
      where: { id: memberId },
      data: { locale: language, bio, website, digest },
    });
    await tx.notificationMute.deleteMany({ where: { memberId } });
    await tx.notificationMute.createMany({
      data: known.map(({ kind, medium }) => ({ memberId, kind, medium })),
      skipDuplicates: true,
    });
  });
}
