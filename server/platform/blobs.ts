// Files named by the SHA-256 of their bytes, below `blobs/`; what is still being received lies below `uploads/`, on
// the same disk, so that a finished file changes its name and nothing is copied. A blob is written once, never
// changed, and shared by everything that has the same bytes.
import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { chmod, mkdir, open, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";

export type Blobs = {
  /** Where the blob lies, whether or not it exists. */
  pathOf(sha256: string): string;
  has(file: { sha256: string; size: number }): Promise<boolean>;
  /** Moves a finished file in, durably. The caller has verified its hash. */
  adopt(path: string, sha256: string): Promise<void>;
  /** Where a part of `group` named `name` is received; both must be plain names. */
  uploadPath(group: string, name: string): string;
};

export function createBlobs(dataDir: string): Blobs {
  const pathOf = (sha256: string) => join(dataDir, "blobs", sha256.slice(0, 2), sha256);
  return {
    pathOf,
    has: async ({ sha256, size }) => (await statOrNull(pathOf(sha256)))?.size === size,
    adopt: async (path, sha256) => {
      const target = pathOf(sha256);
      await mkdir(dirname(target), { recursive: true });
      await chmod(path, 0o444);
      await rename(path, target);
      await syncDirectory(dirname(target));
      await syncDirectory(dirname(dirname(target)));
    },
    uploadPath: (group, name) => join(dataDir, "uploads", group, name),
  };
}

/** Bytes that a file has; 0 when there is none. */
export async function fileSize(path: string): Promise<number> {
  return (await statOrNull(path))?.size ?? 0;
}

/** SHA-256 of a file in lower-case hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest("hex");
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return null;
    }
    throw error;
  }
}

/** A rename is durable once its folder is. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
