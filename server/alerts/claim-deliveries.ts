import type { Pool } from "../platform/pool.ts";
import type { Channel } from "./contract.ts";

/** How long a claim holds: a portal that dies in the middle of a try has it made again after this. */
const CLAIM_MS = 120_000;

const CLAIM = `
  update "AlertDelivery" set tries = tries + 1, "nextTryAt" = to_timestamp(($2::float8 + $3::float8) / 1000)
  where id in (
    select id from "AlertDelivery"
    where state = 'waiting' and channel = $1 and "nextTryAt" <= to_timestamp($2::float8 / 1000)
    order by "nextTryAt" limit $4 for update skip locked)
  returning id`;

type Claim = { channel: Channel; now: number; most: number };

/** Takes what is due, so that nobody else tries it meanwhile: one statement, however many portals run. */
export async function claimDeliveries(pool: Pool, claim: Claim): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: "claim-alert-deliveries",
    text: CLAIM,
    values: [claim.channel, claim.now, CLAIM_MS, claim.most],
  });
  return rows.map(({ id }) => id);
}
