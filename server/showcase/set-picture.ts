import type { MemberActor } from "../auth/actor.ts";
import type { Blobs } from "../platform/blobs.ts";
import type { Db } from "../platform/db.ts";
import { keepPicture } from "../platform/encode-picture.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { PICTURE_BYTES } from "./contract.ts";
import { lockOwn } from "./lock-own.ts";

const LIMITS = { bytes: PICTURE_BYTES, pixels: 40_000_000, side: 1_280 };

type Sent = { id: number; actor: MemberActor; bytes: Uint8Array };

/** Sets an application's picture, drawn anew; no bytes take it away. */
export async function setPicture(
  { db, blobs }: { db: PrismaClient; blobs: Blobs },
  { id, actor, bytes }: Sent,
): Promise<{ sha256: string | null }> {
  // Asked before anything is decoded, and again with the change.
  await db.$transaction((tx) => lockOwn(tx, id, actor));
  const picture = bytes.length === 0 ? null : await keepPicture(blobs, bytes, LIMITS);
  await db.$transaction(async (tx) => {
    await lockOwn(tx, id, actor);
    await tx.showcase.update({
      where: { id },
      data: {
        imageSha256: picture?.sha256 ?? null,
        imageWidth: picture?.width ?? null,
        imageHeight: picture?.height ?? null,
      },
    });
  });
  return { sha256: picture?.sha256 ?? null };
}

/** Whether a visible application shows this picture now: nothing else is served as one. */
export async function isShowcasePicture(db: Db, sha256: string): Promise<boolean> {
  const where = { imageSha256: sha256, state: "visible" };
  return (await db.showcase.findFirst({ where, select: { id: true } })) !== null;
}
