import type { MemberActor } from "../auth/actor.ts";
import type { Blobs } from "../platform/blobs.ts";
import type { Db } from "../platform/db.ts";
import { keepPicture } from "../platform/encode-picture.ts";

export const AVATAR_LIMITS = { bytes: 5_000_000, pixels: 40_000_000, side: 256, square: true };

/** Sets one's picture, drawn anew as a square; null takes it away. */
export async function setAvatar(
  { db, blobs }: { db: Db; blobs: Blobs },
  { actor, picture }: { actor: MemberActor; picture: Uint8Array | null },
): Promise<{ sha256: string | null }> {
  const sha256 =
    picture === null ? null : (await keepPicture(blobs, picture, AVATAR_LIMITS)).sha256;
  await db.member.update({ where: { id: actor.memberId }, data: { avatarSha256: sha256 } });
  return { sha256 };
}

/** Whether somebody shows this picture now: nothing else is served as one. */
export async function isAvatar(db: Db, sha256: string): Promise<boolean> {
  const row = await db.member.findFirst({ where: { avatarSha256: sha256 }, select: { id: true } });
  return row !== null;
}
