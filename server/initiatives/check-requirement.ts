import type { MemberActor } from "../auth/actor.ts";
import type { Prisma } from "../platform/db.ts";
import { startOfWeek } from "./lists/start-of-week.ts";
import type { LockedInitiative } from "./lock-initiative.ts";
import type { Requirement } from "./moves.ts";
import { refuse } from "./refuse.ts";

/** What an operator may set. */
export type Rules = {
  commentDays: number;
  /** GPU hours that may be approved from Monday to Sunday. */
  weeklyGpuHours: number;
};

type Case = { initiative: LockedInitiative; actor: MemberActor | null; now: number; rules: Rules };
type Check = (tx: Prisma.TransactionClient, input: Case) => Promise<void> | void;

const NEEDED_APPROVALS = 2;

const CHECKS: Record<Requirement, Check> = {
  "not-the-author": (_, { initiative, actor }) => {
    if (actor?.memberId === initiative.authorId) {
      throw refuse("own-proposal");
    }
  },
  "comment-over": (_, { initiative, now }) => {
    if (initiative.commentEndsAt === null || initiative.commentEndsAt.getTime() > now) {
      throw refuse("comment-running", { until: initiative.commentEndsAt?.toISOString() ?? "" });
    }
  },
  "concerns-resolved": async (tx, { initiative }) => {
    const open = await tx.initiativeConcern.count({
      where: { initiativeId: initiative.id, resolvedAt: null },
    });
    if (open > 0) {
      throw refuse("concerns-open", { open });
    }
  },
  "two-approvals": async (tx, { initiative }) => {
    const { id, version, authorId } = initiative;
    const approvals = await tx.initiativeApproval.count({
      where: { initiativeId: id, version, memberId: { not: authorId } },
    });
    if (approvals < NEEDED_APPROVALS) {
      throw refuse("wrong-state", { approvals });
    }
  },
  "within-budget": async (tx, { initiative, now, rules }) => {
    const used = await usedGpuHours(tx, now);
    const hours = initiative.gpuHours ?? 0;
    if (used + hours > rules.weeklyGpuHours) {
      throw refuse("over-budget", { used, hours, budget: rules.weeklyGpuHours });
    }
  },
  "somebody-carries-it": async (tx, { initiative }) => {
    const carried = await tx.initiativeAssignment.count({
      where: { initiativeId: initiative.id, acceptedAt: { not: null }, endedAt: null },
    });
    if (carried === 0) {
      throw refuse("nobody-carries-it");
    }
  },
};

/** Throws the refusal that says what is missing. */
export async function checkRequirement(
  tx: Prisma.TransactionClient,
  requirement: Requirement,
  input: Case,
): Promise<void> {
  await CHECKS[requirement](tx, input);
}

/** Serialises those who spend the week's hours: two approvals at once must not both fit. */
const BUDGET_LOCK = 5_717_202;

/** GPU hours approved since Monday, 00:00 UTC; the answer stays true until the transaction ends. */
export async function usedGpuHours(tx: Prisma.TransactionClient, now: number): Promise<number> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${BUDGET_LOCK})`;
  const since = new Date(startOfWeek(now));
  const [row] = await tx.$queryRaw<{ hours: number }[]>`
    select coalesce(sum((data->>'gpuHours')::float8), 0) as hours from "Decision"
    where kind = 'initiative.approve' and at >= ${since}`;
  return row?.hours ?? 0;
}
