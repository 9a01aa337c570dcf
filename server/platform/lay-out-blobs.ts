import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Blobs } from "./blobs.ts";

type Named = { name: string; size: number; sha256: string };

/** Stored files under their names in a folder of their own, by links: nothing is copied. Damaged ones are refused. */
export async function layOutBlobs(
  blobs: Blobs,
  { folder, files }: { folder: string; files: readonly Named[] },
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const file of files) {
    const sound = await blobs.open(file);
    await sound.close();
    await symlink(blobs.pathOf(file.sha256), join(folder, file.name));
  }
}
