import type { Db } from "../../platform/db.ts";
import type { Tally } from "../contract.ts";

/** NOTIFY channel of new tallies; the payload is `{id, cast, eligible}`. */
export const TALLY_CHANNEL = "initiative_tally";

/** Tells every open page the tally, when and if the transaction commits. */
export async function announceTally(tx: Db, tally: Tally & { id: number }): Promise<void> {
  await tx.$executeRaw`select pg_notify(${TALLY_CHANNEL}, ${JSON.stringify(tally)})`;
}
