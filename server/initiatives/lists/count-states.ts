import type { Db } from "../../platform/db.ts";

/** How many initiatives stand in each state, drafts left out. */
export async function countStates(db: Db): Promise<Record<string, number>> {
  const groups = await db.initiative.groupBy({
    by: ["state"],
    where: { state: { not: "draft" } },
    _count: { _all: true },
  });
  return Object.fromEntries(groups.map((group) => [group.state, group._count._all]));
}
