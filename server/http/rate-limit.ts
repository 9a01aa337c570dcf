// Token buckets in memory: each process counts for itself. They keep one busy or hostile client from taking the
// whole portal, which a shared count would not do better; a restart forgives everyone.
import type { Clock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";

export type RateLimit = {
  /** Counts one use by `key`. Throws `too_many_requests` with the seconds to wait when its bucket is empty. */
  take(key: string): void;
};

type Options = {
  /** Uses that a key gains per second, and how many it can save up. */
  perSecond: number;
  burst: number;
  clock: Clock;
  /** What is being limited, for the message: "failed tokens from one address". */
  what: string;
};
type Bucket = { left: number; at: number };

/** Buckets kept at most; beyond, the ones touched longest ago are forgotten. */
const MOST_KEYS = 10_000;

export function createRateLimit({ perSecond, burst, clock, what }: Options): RateLimit {
  const buckets = new Map<string, Bucket>();
  return {
    take(key) {
      const now = clock();
      const bucket = buckets.get(key) ?? { left: burst, at: now };
      const left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond);
      buckets.delete(key);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
      if (buckets.size > MOST_KEYS) {
        buckets.delete(buckets.keys().next().value ?? key);
      }
      if (left < 1) {
        const retryAfterSeconds = Math.max(1, Math.ceil((1 - left) / perSecond));
        throw new AppError(
          "too_many_requests",
          `Too many ${what}. Wait ${retryAfterSeconds} s, then try again.`,
          { details: { retryAfterSeconds } },
        );
      }
    },
  };
}
