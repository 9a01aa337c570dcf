import type { Pool } from "../platform/pool.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import type { Channel } from "./contract.ts";
import { type Delivering, tryDelivery } from "./deliver-one.ts";
import type { Posted } from "./post-webhook.ts";

const AT_ONCE = 20;
/** Those that take no time come first. */
const CHANNELS: Channel[] = ["app", "mail", "webhook"];
const MINUTE_MS = 60_000;
/** How long after each failed try the next one is made: seven tries in about a day. */
const WAITS_MS = [1, 5, 30, 120, 360, 900].map((minutes) => minutes * MINUTE_MS);

/** Tells everything that is due now. Returns how many tries were made. */
export async function deliverDue(tools: Delivering & { pool: Pool }): Promise<number> {
  let tried = 0;
  for (const channel of CHANNELS) {
    for (;;) {
      const claim = { channel, now: tools.now(), most: AT_ONCE };
      const ids = await claimDeliveries(tools.pool, claim);
      tried += ids.length;
      await Promise.all(ids.map(async (id) => await note(tools, id, await tryDelivery(tools, id))));
      if (ids.length < AT_ONCE) {
        break;
      }
    }
  }
  return tried;
}

async function note(tools: Delivering, id: string, posted: Posted): Promise<void> {
  const { delivered, answer, final } = posted;
  const now = tools.now();
  const row = await tools.db.alertDelivery.findUnique({ where: { id }, select: { tries: true } });
  const wait = WAITS_MS[(row?.tries ?? 1) - 1];
  const failed = !delivered && (final === true || wait === undefined);
  await tools.db.alertDelivery.updateMany({
    where: { id, state: "waiting" },
    data: {
      lastAnswer: answer,
      state: delivered ? "delivered" : failed ? "failed" : "waiting",
      deliveredAt: delivered ? new Date(now) : null,
      nextTryAt: delivered || failed ? null : new Date(now + (wait ?? 0)),
    },
  });
}
