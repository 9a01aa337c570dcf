import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { SaveDraft } from "../contract.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { refuse } from "../refuse.ts";

/** Keeps what has been written so far, on every device. Only its author sees a draft. */
export async function saveDraft(
  db: PrismaClient,
  { id, category, title, authorId, now, ...text }: SaveDraft & { authorId: string; now: number },
): Promise<number> {
  const at = new Date(now);
  if (id === undefined) {
    const made = await db.initiative.create({
      data: {
        ...{ authorId, category, title, createdAt: at, updatedAt: at, stateSince: at },
        versions: { create: { number: 1, title, text, editorId: authorId, createdAt: at } },
      },
      select: { id: true },
    });
    return made.id;
  }
  return await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    if (initiative.authorId !== authorId) {
      throw refuse("not-found");
    }
    if (initiative.state !== "draft") {
      throw refuse("wrong-state", { state: initiative.state });
    }
    await tx.initiative.update({
      where: { id },
      data: {
        ...{ category, title, updatedAt: at },
        versions: {
          update: {
            where: { initiativeId_number: { initiativeId: id, number: 1 } },
            data: { title, text, createdAt: at },
          },
        },
      },
      select: { id: true },
    });
    return id;
  });
}
