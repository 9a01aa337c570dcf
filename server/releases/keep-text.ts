import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Blobs } from "../platform/blobs.ts";
import { randomName } from "../platform/ids.ts";

/** Stores a text as a blob. */
export async function keepText(
  blobs: Blobs,
  text: string,
): Promise<{ sha256: string; size: number }> {
  const bytes = Buffer.from(text, "utf8");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const size = bytes.length;
  if (!(await blobs.has({ sha256, size }))) {
    const path = blobs.uploadPath("texts", randomName(16));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    await blobs.adopt(path, sha256);
  }
  return { sha256, size };
}
