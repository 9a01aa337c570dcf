import type { Db } from "../platform/db.ts";
import { INITIATIVE_CHANNEL } from "./contract.ts";

/** Tells open pages that an initiative is not what it was, when and if the transaction commits: they ask again. */
export async function announceInitiative(tx: Db, id: number): Promise<void> {
  await tx.$executeRaw`
    select pg_notify(${INITIATIVE_CHANNEL}, topic)
    from unnest(${[`initiative:${id}`, "initiatives"]}::text[]) topic`;
}
