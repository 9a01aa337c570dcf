import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import sharp from "sharp";
import type { Blobs } from "../platform/blobs.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { randomName } from "../platform/ids.ts";

export const MOST_IMAGE_BYTES = 8 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;
const WIDEST = 1_600;
const FORMATS = new Set(["jpeg", "png", "webp", "gif", "avif", "heif"]);

type Stored = { url: string; width: number; height: number };
type Services = { db: Db; blobs: Blobs };

/** Draws a sent picture anew as WebP (nothing of the file itself is kept: no metadata, no second meaning) and stores it. */
export async function storeImage(
  { db, blobs }: Services,
  { bytes, memberId }: { bytes: Buffer; memberId: string },
): Promise<Stored> {
  const { data, info } = await redraw(bytes);
  const sha256 = createHash("sha256").update(data).digest("hex");
  const path = blobs.uploadPath("images", `${sha256}-${randomName(8)}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, data);
  await blobs.adopt(path, sha256);
  const { width, height, size } = info;
  await db.forumImage.createMany({
    data: [{ sha256, memberId, bytes: size, width, height }],
    skipDuplicates: true,
  });
  return { url: `/api/images/${sha256}.webp`, width, height };
}

async function redraw(bytes: Buffer) {
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" });
    const { format } = await picture.metadata();
    if (!FORMATS.has(format)) {
      throw new Error(`a ${format} is not drawn`);
    }
    return await picture
      .rotate()
      .resize({ width: WIDEST, height: WIDEST, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
  } catch (error) {
    throw new AppError(
      "bad_request",
      "This is no picture that can be shown. Send a PNG, JPEG, WebP, GIF or AVIF of at most 40 megapixels.",
      { cause: error },
    );
  }
}
