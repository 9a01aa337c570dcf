import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { readRules } from "./read-rules.ts";
import { advanceTrials } from "./trial/advance-trials.ts";

type Tools = { db: PrismaClient; pool: Pool; clock: Clock; log: Log; seconds: number };

/** Carries the trials on every few seconds until it is closed; `close` waits for the round under way. */
export function watchTrials({ db, pool, clock, log, seconds }: Tools): { close(): Promise<void> } {
  let looking: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    looking ??= advanceTrials({ db, pool, rules: readRules() }, clock())
      .catch((error) => log.warn({ err: error }, "The trials could not be carried on."))
      .finally(() => {
        looking = null;
      });
  }, seconds * 1_000);
  return {
    close: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}
