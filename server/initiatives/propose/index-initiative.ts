import type { Prisma } from "../../platform/db.ts";
import { indexDocument } from "../../search/index-document.ts";
import type { Proposal } from "../contract.ts";

type Indexed = { id: number; authorId: string; proposal: Proposal; now: number };

/** Makes the proposal findable by its words. */
export async function indexInitiative(
  tx: Prisma.TransactionClient,
  { id, authorId, proposal, now }: Indexed,
): Promise<void> {
  await indexDocument(tx, {
    kind: "initiative",
    id: String(id),
    title: proposal.title,
    text: [proposal.problem, proposal.proposal, proposal.effect, proposal.measure].join("\n\n"),
    url: `/initiatives/${id}`,
    authorId,
    place: "initiatives",
    tags: [proposal.category],
    createdAt: new Date(now),
  });
}
