// Files named by the SHA-256 of their bytes, below `blobs/`; what is still being received lies below `uploads/`, on
// the same disk, so that a finished file changes its name and nothing is copied. A blob is written once, never
// changed, and shared by everything that has the same bytes.
//
// Damage is found before it is served: beside each blob lies a seal, the file system's identity of the bytes (inode,
// size, both times) at the moment they were hashed. A blob that still has this identity is served at once; any other
// is hashed first, and moved aside when it is wrong. What a disk rots without touching the times, the scrub finds.
import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import {
  chmod,
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "./errors.ts";

/** What a check of a blob's bytes found. A damaged one has been moved aside. */
export type BlobHealth = "sound" | "damaged" | "missing";

export type Blobs = {
  /** Where the blob lies, whether or not it exists. */
  pathOf(sha256: string): string;
  has(file: { sha256: string; size: number }): Promise<boolean>;
  /** Moves a finished file in, durably. The caller has verified its hash. */
  adopt(path: string, sha256: string): Promise<void>;
  /** Opens a blob whose bytes are known to be right. Throws `unavailable` when they are missing or damaged. */
  open(file: { sha256: string; size: number }): Promise<FileHandle>;
  /** Hashes a blob, whatever its seal says. */
  check(sha256: string): Promise<BlobHealth>;
  list(): AsyncGenerator<string>;
  /** Where a part of `group` named `name` is received; both must be plain names. */
  uploadPath(group: string, name: string): string;
};

export function createBlobs(dataDir: string): Blobs {
  const pathOf = (sha256: string) => join(dataDir, "blobs", sha256.slice(0, 2), sha256);
  const checks = new Map<string, Promise<BlobHealth>>();
  /** Many readers of one blob share one check. */
  const check = (sha256: string) => {
    const running = checks.get(sha256) ?? checkBlob(dataDir, pathOf(sha256), sha256);
    checks.set(sha256, running);
    void running.finally(() => checks.delete(sha256)).catch(() => undefined);
    return running;
  };
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
      await seal(target);
    },
    open: async (file) => {
      const path = pathOf(file.sha256);
      const sealed = (await statOrNull(path))?.size === file.size && (await isSealed(path));
      if (!sealed && (await check(file.sha256)) !== "sound") {
        throw damaged();
      }
      return await open(path, "r").catch((error: unknown) => {
        throw damaged(error);
      });
    },
    check,
    list: () => listBlobs(join(dataDir, "blobs")),
    uploadPath: (group, name) => join(dataDir, "uploads", group, name),
  };
}

const SEAL = ".seal";

function damaged(cause?: unknown): AppError {
  return new AppError(
    "unavailable",
    "The file is registered, but its bytes on this portal's disk are missing or damaged, so it is not sent. Tell the portal's operator.",
    { cause },
  );
}

async function checkBlob(dataDir: string, path: string, sha256: string): Promise<BlobHealth> {
  if ((await statOrNull(path)) === null) {
    return "missing";
  }
  if ((await hashFile(path)) === sha256) {
    await seal(path);
    return "sound";
  }
  const aside = join(dataDir, "damaged", sha256);
  await mkdir(dirname(aside), { recursive: true });
  await rename(path, aside);
  await rm(`${path}${SEAL}`, { force: true });
  return "damaged";
}

/** A seal that cannot be written costs a check at the next reading, nothing else. */
async function seal(path: string): Promise<void> {
  await writeFile(`${path}${SEAL}`, await identityOf(path)).catch(() => undefined);
}

async function isSealed(path: string): Promise<boolean> {
  const sealed = await readFile(`${path}${SEAL}`, "utf8").catch(() => null);
  return sealed !== null && sealed === (await identityOf(path));
}

async function identityOf(path: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join(" ");
}

async function* listBlobs(root: string): AsyncGenerator<string> {
  for (const folder of await readdir(root).catch(() => [])) {
    for (const name of await readdir(join(root, folder)).catch(() => [])) {
      if (/^[0-9a-f]{64}$/.test(name)) {
        yield name;
      }
    }
  }
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
