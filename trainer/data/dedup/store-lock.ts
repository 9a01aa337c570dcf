import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TrainerError } from "../../trainer-error.ts";

/** The answers depend on the order of writing, so a store has one writer; its process id stands in a lock file. */
export function claimStore(directory: string): () => void {
  const path = join(directory, "writer.lock");
  const owner = readOwner(path);
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
