import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, lockOwner } from "../../lock-owner.ts";
import { TrainerError } from "../../trainer-error.ts";

/** The answers depend on the order of writing, so a store has one writer; its process id stands in a lock file. */
export function claimStore(directory: string): () => void {
  const path = join(directory, "writer.lock");
  const owner = lockOwner(path);
  if (owner !== null && isAlive(owner)) {
    throw new TrainerError(
      "data",
      `Process ${owner} is writing the store ${directory}. Wait for it, or use another --store directory. If that process is something else, delete ${path}.`,
    );
  }
  rmSync(path, { force: true });
  writeFileSync(path, String(process.pid), { flag: "wx" });
  return () => {
    rmSync(path, { force: true });
  };
}
