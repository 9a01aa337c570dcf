import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { type Rules, usedGpuHours } from "../check-requirement.ts";
import type { Budget } from "../contract.ts";
import { startOfWeek } from "./start-of-week.ts";

/** What may be approved this week, and what has been. */
export async function readBudget(
  db: PrismaClient,
  { now, rules }: { now: number; rules: Rules },
): Promise<Budget> {
  const used = await db.$transaction((tx) => usedGpuHours(tx, now));
  return { weekStart: startOfWeek(now), hours: rules.weeklyGpuHours, used };
}
