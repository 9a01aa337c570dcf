import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const BYTES = 32;

/** The key that hides secrets in the database from whoever reads only that. Made at its first use, outside the database. */
export async function portalKey(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, "portal.key");
  await mkdir(dataDir, { recursive: true });
  // `wx`: of two processes that make it at once, one wins, and both read what the winner wrote.
  await writeFile(path, randomBytes(BYTES), { flag: "wx", mode: 0o600 }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") {
        throw error;
      }
    },
  );
  const key = await readFile(path);
  if (key.length !== BYTES) {
    throw new Error(`${path} does not hold ${BYTES} bytes. Bring it back from a backup.`);
  }
  return key;
}
