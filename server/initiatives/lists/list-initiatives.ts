import type { Prisma } from "../../platform/db.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { InitiativeList, ListInitiatives } from "../contract.ts";
import { ITEM_ROW, toItems } from "./item.ts";

type Asked = ListInitiatives & { memberId: string | null };
type Place = { key: number; id: number };

const COLUMN = { wanted: "eligible", hot: "hot" } as const;

/**
 * The published initiatives of a stage or a state: most wanted (eligible votes), hot (the published formula) or
 * newest first, in pages by key: the index is walked, nothing is sorted.
 */
export async function listInitiatives(db: PrismaClient, asked: Asked): Promise<InitiativeList> {
  const { stage, state, category, order, limit, next, memberId } = asked;
  const rows = await db.initiative.findMany({
    where: {
      // A state lies in one stage, and has indexes of its own.
      ...(state === undefined ? { stage } : { state }),
      ...(category === undefined ? {} : { category }),
      ...after(order, next),
    },
    orderBy: order === "new" ? [{ id: "desc" }] : [{ [COLUMN[order]]: "desc" }, { id: "desc" }],
    take: limit + 1,
    select: ITEM_ROW,
  });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const key = last === undefined || order === "new" ? 0 : last[COLUMN[order]];
  return {
    initiatives: await toItems(db, shown, memberId),
    next: last === undefined ? null : { key, id: last.id },
  };
}

function after(
  order: ListInitiatives["order"],
  next: Place | undefined,
): Prisma.InitiativeWhereInput {
  if (next === undefined) {
    return {};
  }
  if (order === "new") {
    return { id: { lt: next.id } };
  }
  const column = COLUMN[order];
  return {
    [column]: { lte: next.key },
    OR: [{ [column]: { lt: next.key } }, { id: { lt: next.id } }],
  };
}
