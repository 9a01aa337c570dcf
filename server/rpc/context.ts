import { type Clock, systemClock } from "../platform/clock.ts";
import { sharedDb } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { type Log, log } from "../platform/log.ts";
import { type Pool, sharedPool } from "../platform/pool.ts";

/** What a procedure may use. Who is asking joins it when members can sign in. */
export type Context = { db: ReturnType<typeof sharedDb>; pool: Pool; clock: Clock; log: Log };

/** A fresh context for one request. */
export function createContext(): Context {
  return {
    db: sharedDb(),
    pool: sharedPool(),
    clock: systemClock,
    log: log.child({ requestId: newId("req") }),
  };
}
