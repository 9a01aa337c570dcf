import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Pool } from "../platform/pool.ts";
import { announceStalls } from "./announce-stalls.ts";

const EVERY_MS = 5_000;

/** Looks for silent runs every five seconds until it is closed; `close` waits for the look under way. */
export function watchStalls(tools: { pool: Pool; clock: Clock; log: Log }): {
  close(): Promise<void>;
} {
  const { pool, clock, log } = tools;
  const listeningSince = clock();
  let looking: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    looking ??= announceStalls(pool, { now: clock(), listeningSince })
      .catch((error) => log.warn({ err: error }, "Silent runs could not be looked for."))
      .finally(() => {
        looking = null;
      });
  }, EVERY_MS);
  return {
    close: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}
