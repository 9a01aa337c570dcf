import type { Db } from "../../platform/db.ts";
import type { Overdue } from "../contract.ts";

const MOST = 20;

/** What triage should have answered by now, the longest wait first. */
export async function listOverdue(db: Db, now: number): Promise<Overdue> {
  const rows = await db.initiative.findMany({
    where: { triageDueAt: { lt: new Date(now) } },
    orderBy: [{ triageDueAt: "asc" }, { id: "asc" }],
    take: MOST,
    select: { id: true, title: true, triageDueAt: true },
  });
  return {
    initiatives: rows.flatMap(({ id, title, triageDueAt }) =>
      triageDueAt === null ? [] : [{ id, title, dueAt: triageDueAt.getTime() }],
    ),
  };
}
