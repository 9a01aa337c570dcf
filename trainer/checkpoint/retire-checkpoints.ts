import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { checkpointName, listCheckpoints } from "./checkpoint-directory.ts";

export type Retention = { last: number; every: number };

/** The steps that may go: all but the last `last` and the multiples of `every`. */
export function retired(steps: number[], { last, every }: Retention): number[] {
  const sorted = [...steps].sort((a, b) => a - b);
  return sorted.slice(0, Math.max(0, sorted.length - last)).filter((step) => step % every !== 0);
}

/** Removes retired checkpoints; each is renamed first, so that a half-removed one is never taken for whole. */
export async function retireCheckpoints(parent: string, retention: Retention): Promise<void> {
  for (const step of retired(await listCheckpoints(parent), retention)) {
    const hidden = join(parent, `.${checkpointName(step)}.old`);
    await rename(join(parent, checkpointName(step)), hidden);
    await rm(hidden, { recursive: true, force: true });
  }
}
