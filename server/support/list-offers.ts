import type { Db } from "../platform/db.ts";
import type { Offer, OfferKind, OfferList, OfferState } from "./contract.ts";

const MOST = 200;

/** The queue of offers, oldest first; of one state, or those that are not done with. */
export async function listOffers(
  db: Db,
  { state }: { state?: OfferState | undefined },
): Promise<OfferList> {
  const rows = await db.supportOffer.findMany({
    where: { state: state ?? { in: ["new", "answered", "accepted"] } },
    orderBy: { createdAt: "asc" },
    take: MOST,
    include: { thanks: { select: { removedAt: true } } },
  });
  return {
    offers: rows.map(({ thanks, kind, state: stands, createdAt, ...row }): Offer => {
      const { id, name, contact, body, thanksName, note } = row;
      return {
        ...{ id, name, contact, body, thanksName, note, createdAt: createdAt.getTime() },
        ...{ kind: kind as OfferKind, state: stands as OfferState },
        thanked: thanks !== null && thanks.removedAt === null,
      };
    }),
  };
}
