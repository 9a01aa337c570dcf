import type { Blobs } from "./blobs.ts";

export type Scrubbed = { checked: number; damaged: string[] };

/** Hashes every blob, one after another so that readers keep the disk; damaged ones are moved aside and named. */
export async function scrubBlobs(blobs: Blobs, signal?: AbortSignal): Promise<Scrubbed> {
  const found: Scrubbed = { checked: 0, damaged: [] };
  for await (const sha256 of blobs.list()) {
    if (signal?.aborted === true) {
      break;
    }
    found.checked += 1;
    if ((await blobs.check(sha256)) === "damaged") {
      found.damaged.push(sha256);
    }
  }
  return found;
}
