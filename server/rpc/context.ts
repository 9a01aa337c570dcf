import type { Actor } from "../auth/actor.ts";
import { addressFrom } from "../auth/client-address.ts";
import { readActor } from "../auth/read-actor.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import { sharedDb } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { type Log, log } from "../platform/log.ts";
import { type Pool, sharedPool } from "../platform/pool.ts";

/** What a procedure may use, and who is asking. */
export type Context = {
  db: ReturnType<typeof sharedDb>;
  pool: Pool;
  clock: Clock;
  log: Log;
  actor: Actor;
  /** The browser's own description of itself. */
  userAgent: string;
  /** The Cookie header, for what is no session. */
  cookie: string;
  /** Cookies go with Secure and the __Host- prefix. */
  secure: boolean;
  /** Adds a header to the answer; without effect while a page is drawn. */
  setHeader(name: string, value: string): void;
};

type Asking = {
  headers: { get(name: string): string | null };
  /** Of the answer, where there is one to come. */
  answer?: Headers;
};

/** A fresh context for one request. */
export async function createContext({ headers, answer }: Asking): Promise<Context> {
  const pool = sharedPool();
  const actor = await readActor(pool, {
    cookie: headers.get("cookie") ?? undefined,
    address: addressFrom(headers),
    now: systemClock(),
  });
  return {
    db: sharedDb(),
    pool,
    clock: systemClock,
    log: log.child({ requestId: newId("req") }),
    actor,
    userAgent: headers.get("user-agent") ?? "",
    cookie: headers.get("cookie") ?? "",
    secure: headers.get("x-forwarded-proto") === "https",
    // Cookies add up; of any other header the last one counts, so that a batch says one limit.
    setHeader: (name, value) =>
      name === "set-cookie" ? answer?.append(name, value) : answer?.set(name, value),
  };
}
