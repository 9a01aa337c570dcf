import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { checkpointName, listCheckpoints } from "./checkpoint-directory.ts";

const ASIDE = "abandoned";

/**
 * Puts the checkpoints after a step aside, in `abandoned/`: they belong to an attempt that was given up, and neither a
 * restart nor the retention may count them. Those put aside earlier are removed, so that disk use stays bounded.
 */
export async function abandonAfter(parent: string, step: number): Promise<void> {
  const aside = join(parent, ASIDE);
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  const later = (await listCheckpoints(parent)).filter((other) => other > step);
  // The newest first: after a crash in between the rest is still a chain without a hole.
  for (const other of later.reverse()) {
    await rename(join(parent, checkpointName(other)), join(aside, checkpointName(other)));
  }
}
