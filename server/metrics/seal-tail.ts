import type { Pool } from "../platform/pool.ts";

export type SealTail = { runId: string; attempt: number };

export async function sealTail(_pool: Pool, _input: SealTail): Promise<{ points: number }> {
  return { points: 0 };
}
