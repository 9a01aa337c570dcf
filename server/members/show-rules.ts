import type { z } from "zod";
import { ACTION_LIMITS, type LimitedAction, ruleOf } from "../auth/limits.ts";
import { MEMBER_REF, toMemberRef } from "../auth/member-ref.ts";
import { TRUST_LEVELS } from "../auth/trust-levels.ts";
import type { Db } from "../platform/db.ts";
import type { Rules, Team } from "./contract.ts";

/** The published numbers: what trust asks for and allows, and every limit. */
export async function showRules(db: Db): Promise<z.infer<typeof Rules>> {
  const counted = await db.member.groupBy({
    by: ["trust"],
    where: { deletedAt: null },
    _count: { _all: true },
  });
  return {
    levels: TRUST_LEVELS.map(({ level, needs, allows }) => ({ level, needs, allows })),
    limits: (Object.keys(ACTION_LIMITS) as LimitedAction[]).map((action) => {
      const { seconds, count, by } = ruleOf(action);
      return { action, seconds, by, counts: typeof count === "number" ? [count] : [...count] };
    }),
    holders: TRUST_LEVELS.map(({ level }) => ({
      level,
      members: counted.find(({ trust }) => trust === level)?._count._all ?? 0,
    })),
  };
}

const MOST = 200;

/** Everybody with a role, and how many members there are. */
export async function showTeam(db: Db): Promise<z.infer<typeof Team>> {
  const [rows, total] = await Promise.all([
    db.member.findMany({
      where: { deletedAt: null, roles: { some: {} } },
      select: MEMBER_REF,
      orderBy: { nameKey: "asc" },
      take: MOST,
    }),
    db.member.count({ where: { deletedAt: null } }),
  ]);
  return { members: rows.map(toMemberRef), total };
}
