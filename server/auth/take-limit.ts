// One limiter for everything that people do: the generic cell rate algorithm, one row a key. The row holds the time at
// which all that was used is free again; a use moves it by seconds/count, and is refused when that would put it further
// ahead than `seconds`. One statement reads, decides and writes, so no number of simultaneous requests gets past it.
import { AppError } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import type { Sql } from "../platform/pool.ts";
import type { Actor } from "./actor.ts";
import { type LimitedAction, ruleOf } from "./limits.ts";

export type LimitInput = {
  action: LimitedAction;
  actor: Actor;
  now: number;
  /** For limits counted by a key: the mailbox, the account. */
  key?: string;
  /** Uses that are counted at once; one where left out. */
  uses?: number;
};

/** What the RateLimit headers say. */
export type LimitState = { limit: number; remaining: number; resetSeconds: number };

const TAKE = `
  insert into "RateLimit" (action, key, "freeAt") values ($1, $2, $3::float8 + $4::float8)
  on conflict (action, key) do update set "freeAt" = greatest("RateLimit"."freeAt", $3::float8) + $4::float8
    where greatest("RateLimit"."freeAt", $3::float8) + $4::float8 <= $3::float8 + $5::float8
  returning "freeAt"`;
const LOOK = `select "freeAt" from "RateLimit" where action = $1 and key = $2`;

/** Counts one use, or `uses` of them, all or none. Throws `too_many_requests` with the seconds to wait when there have been too many. */
export async function takeLimit(sql: Sql, input: LimitInput): Promise<LimitState> {
  const rule = ruleOf(input.action);
  try {
    return await take(sql, input);
  } catch (error) {
    if (error instanceof AppError) {
      throw error;
    }
    log.error({ err: error, action: input.action }, "A limit could not be counted.");
    if (rule.failClosed === true) {
      throw new AppError(
        "unavailable",
        "This cannot be checked right now. Try again in a minute.",
        {
          cause: error,
          details: { retryAfterSeconds: 60 },
        },
      );
    }
    const limit = countFor(input);
    return { limit, remaining: limit, resetSeconds: rule.seconds };
  }
}

async function take(sql: Sql, input: LimitInput): Promise<LimitState> {
  const { action, now } = input;
  const limit = countFor(input);
  const windowMs = ruleOf(action).seconds * 1000;
  const useMs = windowMs / limit;
  const costMs = useMs * (input.uses ?? 1);
  const key = keyFor(input);
  const { rows } = await sql.query<{ freeAt: number }>({
    name: "take-limit",
    text: TAKE,
    values: [action, key, now, costMs, windowMs],
  });
  const freeAt = rows[0]?.freeAt;
  if (freeAt !== undefined) {
    const remaining = Math.floor((now + windowMs - freeAt) / useMs + 1e-6);
    return { limit, remaining, resetSeconds: Math.ceil((freeAt - now) / 1000) };
  }
  const seen = await sql.query<{ freeAt: number }>(LOOK, [action, key]);
  const until = (seen.rows[0]?.freeAt ?? now) + costMs - windowMs;
  const retryAfterSeconds = Math.max(1, Math.ceil((until - now) / 1000));
  throw new AppError(
    "too_many_requests",
    `That was too often: at most ${limit} in ${words(windowMs / 1000)}. Try again in ${words(retryAfterSeconds)}.`,
    { details: { retryAfterSeconds, limit, remaining: 0, action } },
  );
}

function countFor({ action, actor }: LimitInput): number {
  const { count } = ruleOf(action);
  if (typeof count === "number") {
    return count;
  }
  return count[actor.kind === "member" ? actor.trust : 0] ?? count[0];
}

function keyFor({ action, actor, key }: LimitInput): string {
  const { by } = ruleOf(action);
  if (by === "key") {
    return key ?? "";
  }
  return by === "actor" && actor.kind === "member"
    ? actor.memberId
    : `address:${network(actor.address)}`;
}

/** One household has a whole /64 of IPv6; counting single addresses of it would count nothing. */
function network(address: string): string {
  return address.includes(":") ? address.split(":").slice(0, 4).join(":") : address;
}

function words(seconds: number): string {
  if (seconds < 120) {
    return `${seconds} s`;
  }
  return seconds < 7_200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3_600)} h`;
}
