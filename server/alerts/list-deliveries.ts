import type { Db } from "../platform/db.ts";
import type { Channel, DeliveryList, DeliveryState } from "./contract.ts";

const SHOWN = 50;

/** What a member was told of a run and how it went, newest first. */
export async function listDeliveries(
  db: Db,
  { runId, memberId }: { runId: string; memberId: string },
): Promise<DeliveryList> {
  const rows = await db.alertDelivery.findMany({
    where: { subscription: { runId, memberId } },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: SHOWN,
    select: {
      id: true,
      eventId: true,
      kind: true,
      channel: true,
      state: true,
      tries: true,
      createdAt: true,
      deliveredAt: true,
      nextTryAt: true,
      lastAnswer: true,
    },
  });
  return {
    deliveries: rows.map((row) => ({
      ...row,
      channel: row.channel as Channel,
      state: row.state as DeliveryState,
      createdAt: row.createdAt.getTime(),
      deliveredAt: row.deliveredAt?.getTime() ?? null,
      nextTryAt: row.state === "waiting" ? (row.nextTryAt?.getTime() ?? null) : null,
    })),
  };
}
