import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import sharp from "sharp";
import type { Blobs } from "./blobs.ts";
import { AppError } from "./errors.ts";
import { newId } from "./ids.ts";

export type PictureLimits = {
  /** Of the picture as it came. */
  bytes: number;
  pixels: number;
  /** The longest side that is kept; `square` cuts the middle out. */
  side: number;
  square?: boolean;
};

export type Picture = { sha256: string; bytes: number; width: number; height: number };

/** By their first bytes, whatever a name or header says: nothing else reaches a decoder. */
const SIGNATURES: readonly RegExp[] = [
  /^\x89PNG\r\n/,
  /^\xff\xd8\xff/,
  /^GIF8[79]a/,
  /^RIFF[\s\S]{4}WEBP/,
];
const SECONDS = 10;

/**
 * Draws a picture anew as WebP: only pixels survive, no metadata, no colour profile, no bytes behind the end, no second
 * frame. Throws `bad_request` for anything that is no PNG, JPEG, GIF or WebP, and `too_large` before it is unpacked.
 */
export async function encodePicture(
  input: Uint8Array,
  { bytes, pixels, side, square = false }: PictureLimits,
): Promise<{ data: Buffer; width: number; height: number }> {
  if (input.length > bytes) {
    throw tooLarge(`The file has more than ${Math.floor(bytes / 1_000_000)} MB.`);
  }
  const head = Buffer.from(input.subarray(0, 16)).toString("latin1");
  if (!SIGNATURES.some((signature) => signature.test(head))) {
    throw noPicture();
  }
  // The size is read from the head alone; a picture that unpacks to more than it may is never unpacked.
  const { width, height } = await sharp(input, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw noPicture(error);
    });
  if (width * height > pixels) {
    throw tooLarge(`The picture has ${width} × ${height} pixels, more than ${pixels}.`);
  }
  const { data, info } = await sharp(input, {
    limitInputPixels: pixels,
    pages: 1,
    failOn: "error",
    sequentialRead: true,
  })
    .rotate()
    .resize({
      width: side,
      height: side,
      fit: square ? "cover" : "inside",
      withoutEnlargement: !square,
    })
    .webp({ quality: 82 })
    .timeout({ seconds: SECONDS })
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw noPicture(error);
    });
  return { data, width: info.width, height: info.height };
}

/** Encodes a picture and keeps it as a blob. */
export async function keepPicture(
  blobs: Blobs,
  input: Uint8Array,
  limits: PictureLimits,
): Promise<Picture> {
  const { data, width, height } = await encodePicture(input, limits);
  const sha256 = createHash("sha256").update(data).digest("hex");
  const picture = { sha256, bytes: data.length, width, height };
  if (!(await blobs.has({ sha256, size: data.length }))) {
    const path = blobs.uploadPath("pictures", newId("pic"));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, data, { flush: true });
    await blobs.adopt(path, sha256);
  }
  return picture;
}

function noPicture(cause?: unknown): AppError {
  return new AppError("bad_request", "This is no PNG, JPEG, GIF or WebP picture. Choose another.", {
    cause,
    details: { reason: "no-picture" },
  });
}

function tooLarge(what: string): AppError {
  return new AppError("too_large", `${what} Choose a smaller one.`, {
    details: { reason: "picture-too-large" },
  });
}
