import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { noOffer } from "./change-offer.ts";
import type { OfferKind, ThankFor, Thanks } from "./contract.ts";

type Thanking = { thanks: ThankFor; actor: MemberActor; now: number };

/** Writes an accepted offer into the public ledger, under the name that its giver chose for it. */
export async function thank(
  db: PrismaClient,
  { thanks, actor, now }: Thanking,
): Promise<{ number: number }> {
  const { id, what } = thanks;
  return await db.$transaction(async (tx) => {
    const offer = await tx.supportOffer.findUnique({ where: { id } });
    if (offer === null) {
      throw noOffer();
    }
    if (offer.thanksName === null || offer.state !== "accepted") {
      throw new AppError(
        "conflict",
        "Only accepted offers whose giver agreed are thanked in public. Accept it first, or thank in private.",
        { details: { reason: "no-thanks" } },
      );
    }
    const line = { kind: offer.kind, name: offer.thanksName, what, removedAt: null };
    const { number } = await tx.supportThanks.upsert({
      where: { offerId: id },
      create: { ...line, offerId: id, at: new Date(now) },
      update: line,
      select: { number: true },
    });
    await recordDecision(tx, {
      ...{ kind: "support.thank", subject: { type: "thanks", id: String(number) }, now },
      ...{ actorId: actor.memberId, reason: "An accepted offer entered the ledger of thanks." },
      data: { kind: offer.kind },
    });
    return { number };
  });
}

type Removal = { number: number; reason: string; actor: MemberActor; now: number };

/** Takes a line out of the ledger, as its giver may ask at any time. */
export async function removeThanks(
  db: PrismaClient,
  { number, reason, actor, now }: Removal,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.supportThanks.updateMany({
      where: { number, removedAt: null },
      data: { removedAt: new Date(now), name: "" },
    });
    if (count === 0) {
      throw new AppError("not_found", "The ledger has no such line. Load the page again.");
    }
    await recordDecision(tx, {
      ...{ kind: "support.unthank", subject: { type: "thanks", id: String(number) } },
      ...{ actorId: actor.memberId, reason, now },
    });
  });
}

/** The public ledger, newest first. */
export async function listThanks(db: Db): Promise<{ thanks: Thanks[] }> {
  const rows = await db.supportThanks.findMany({
    where: { removedAt: null },
    orderBy: { number: "desc" },
    take: 500,
  });
  return {
    thanks: rows.map(({ number, kind, name, what, at }) => ({
      ...{ number, name, at: at.getTime(), kind: kind as OfferKind },
      what: what as Thanks["what"],
    })),
  };
}
