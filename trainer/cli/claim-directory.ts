import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, lockOwner } from "../lock-owner.ts";
import { TrainerError } from "../trainer-error.ts";

/** Two trainers in one directory would overwrite each other: the first one's process id stands in a lock file. */
export function claimDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, "trainer.lock");
  const owner = lockOwner(path);
  if (owner !== null && owner !== process.pid && isAlive(owner)) {
    throw new TrainerError(
      "usage",
      `Process ${owner} is training in ${directory}. Stop it first, or choose another directory with --out. If that process is something else, delete ${path}.`,
    );
  }
  writeFileSync(path, String(process.pid));
  return () => {
    if (lockOwner(path) === process.pid) {
      rmSync(path, { force: true });
    }
  };
}
