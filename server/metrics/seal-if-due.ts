import { systemClock } from "../platform/clock.ts";
import { log } from "../platform/log.ts";
import type { Pool } from "../platform/pool.ts";
import { sealTail } from "./seal-tail.ts";
import { sealWhen, type TailSize } from "./tail-policy.ts";
import { trimTail } from "./trim-tail.ts";

export type SealIfDue = { runId: string; attempt: number; tail: TailSize };

/** Seals under way in this process: one per attempt is enough, and a shutdown may wait for them. */
const underWay = new Map<string, Promise<void>>();

/**
 * Seals an attempt's tail when it has grown enough (tail-policy.ts). Call it after the append's commit, with the tail
 * that `appendPoints` answered, and await it: it returns at once, unless the tail is so large that the writer must
 * wait. Messages that are old enough are trimmed afterwards. A seal that fails is logged and tried again at a later append; no point is lost by it.
 */
export async function sealIfDue(pool: Pool, { runId, attempt, tail }: SealIfDue): Promise<void> {
  const when = sealWhen(tail);
  if (when === "later") {
    return;
  }
  const seal = sealNow(pool, { runId, attempt });
  if (when === "now") {
    await seal;
  }
}

/** Seals what an attempt has left in the tail, as when nothing more will follow. Never throws. */
export function sealNow(
  pool: Pool,
  { runId, attempt }: { runId: string; attempt: number },
): Promise<void> {
  const name = `${runId}/${attempt}`;
  let seal = underWay.get(name);
  if (seal === undefined) {
    seal = sealLogged(pool, { runId, attempt }).finally(() => underWay.delete(name));
    underWay.set(name, seal);
  }
  return seal;
}

/** Resolves when no seal of this process is under way: for a shutdown before it closes the pool, and for tests. */
export async function sealsSettled(): Promise<void> {
  await Promise.all(underWay.values());
}

async function sealLogged(pool: Pool, input: { runId: string; attempt: number }): Promise<void> {
  const started = performance.now();
  try {
    const { points } = await sealTail(pool, input);
    const trimmed = await trimTail(pool, input.runId, { now: systemClock() });
    log.debug(
      { ...input, points, trimmed, durationMs: performance.now() - started },
      "tail sealed",
    );
  } catch (error) {
    log.warn({ ...input, err: error }, "sealing failed; the tail stays and is sealed later");
  }
}
