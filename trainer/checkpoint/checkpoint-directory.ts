import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const NAME = /^step-(\d{6,})$/;

export function checkpointName(step: number): string {
  return `step-${String(step).padStart(6, "0")}`;
}

/** Steps that have a checkpoint directory, rising; damage is not looked for. */
export async function listCheckpoints(directory: string): Promise<number[]> {
  const names = await readdir(directory).catch(() => []);
  return names
    .map((name) => NAME.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/** Takes away what an interrupted write or removal left behind. */
export async function removeLeftovers(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((candidate) => candidate.startsWith(".step-"))) {
    await rm(join(directory, name), { recursive: true, force: true });
  }
}
