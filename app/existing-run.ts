import type { RunDetail } from "#server/runs/contract.ts";
import { existing } from "./existing.ts";
import { readRun } from "./prefetch.ts";

/** The run of a page's address. */
export async function existingRun(id: string): Promise<RunDetail> {
  return await existing(readRun(id));
}
