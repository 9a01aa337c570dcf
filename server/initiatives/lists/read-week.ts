import type { Db } from "../../platform/db.ts";
import { State, type WeeklyRound } from "../contract.ts";
import { startOfWeek } from "./start-of-week.ts";

const WEEK_MS = 7 * 86_400_000;
const MOST = 200;

/** What was decided about initiatives in the week that holds the time, newest first. */
export async function readWeek(db: Db, time: number): Promise<WeeklyRound> {
  const weekStart = startOfWeek(time);
  const rows = await db.decision.findMany({
    where: {
      subjectType: "initiative",
      kind: { startsWith: "initiative." },
      at: { gte: new Date(weekStart), lt: new Date(weekStart + WEEK_MS) },
    },
    orderBy: { number: "desc" },
    take: MOST,
    select: { kind: true, subjectId: true, reason: true, at: true },
  });
  const initiatives = await db.initiative.findMany({
    where: { id: { in: rows.map(({ subjectId }) => Number(subjectId)) } },
    select: { id: true, title: true, state: true },
  });
  const byId = new Map(initiatives.map((initiative) => [String(initiative.id), initiative]));
  return {
    weekStart,
    decisions: rows.flatMap(({ kind, subjectId, reason, at }) => {
      const initiative = byId.get(subjectId);
      const state = State.safeParse(initiative?.state).data;
      return initiative === undefined || state === undefined
        ? []
        : [{ id: initiative.id, title: initiative.title, state, kind, reason, at: at.getTime() }];
    }),
  };
}
