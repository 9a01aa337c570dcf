import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TrainerError } from "../trainer-error.ts";

/** Two trainers in one directory would overwrite each other: the first one's process id stands in a lock file. */
export function claimDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, "trainer.lock");
  const owner = readOwner(path);
  if (owner !== null && owner !== process.pid && isAlive(owner)) {
    throw new TrainerError(
      "usage",
      `Process ${owner} is training in ${directory}. Stop it first, or choose another directory with --out. If that process is something else, delete ${path}.`,
    );
  }
  writeFileSync(path, String(process.pid));
  return () => {
    if (readOwner(path) === process.pid) {
      rmSync(path, { force: true });
    }
  };
}

function readOwner(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
