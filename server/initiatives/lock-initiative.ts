import type { Prisma } from "../platform/db.ts";
import type { Category, State } from "./contract.ts";
import { refuse } from "./refuse.ts";

export type LockedInitiative = {
  id: number;
  authorId: string;
  category: Category;
  state: State;
  title: string;
  version: number;
  gpuHours: number | null;
  openedAt: Date | null;
  triageDueAt: Date | null;
  commentEndsAt: Date | null;
  stateBefore: State | null;
  duplicateOfId: number | null;
};

/** The initiative, held until the transaction ends: whoever else changes or votes waits. */
export async function lockInitiative(
  tx: Prisma.TransactionClient,
  id: number,
): Promise<LockedInitiative> {
  const [row] = await tx.$queryRaw<LockedInitiative[]>`
    select id, "authorId", category, state, title, version, "gpuHours", "openedAt", "triageDueAt", "commentEndsAt",
      "stateBefore", "duplicateOfId"
    from "Initiative" where id = ${id} for update`;
  if (row === undefined) {
    throw refuse("not-found");
  }
  return row;
}
