import type { Actor } from "../auth/actor.ts";
import type { Db } from "../platform/db.ts";

/** Ends the session that a browser has, also one that still waits for its code. */
export async function signOut(db: Db, actor: Actor): Promise<void> {
  const id = actor.kind === "member" ? actor.sessionId : actor.pendingSessionId;
  if (id !== undefined) {
    await db.session.deleteMany({ where: { id } });
  }
}
