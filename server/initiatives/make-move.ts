import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import type { NotificationData, NotificationKind } from "../notifications/contract.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import type { Prisma } from "../platform/db.ts";
import { announceInitiative } from "./announce-initiative.ts";
import { checkRequirement, type Rules } from "./check-requirement.ts";
import type { State } from "./contract.ts";
import type { LockedInitiative } from "./lock-initiative.ts";
import { type Move, type MoveName, type Mover, moveOf } from "./moves.ts";
import { refuse } from "./refuse.ts";
import { listVoters } from "./votes/list-voters.ts";

type Told = {
  [K in NotificationKind]: { kind: K; data: NotificationData<K> };
}[NotificationKind];

export type MakeMove = {
  /** Locked by this transaction. */
  initiative: LockedInitiative;
  name: MoveName;
  /** Null: the portal, by a rule of this file's table. */
  actor: MemberActor | null;
  reason: string;
  now: number;
  rules: Rules;
  /** Further columns that change with the state. */
  set?: Prisma.InitiativeUncheckedUpdateInput;
  /** Identifiers and numbers for the public log. */
  data?: Prisma.InputJsonObject;
  /** What voters and author are told; by default that it was decided, and how. */
  told?: Told;
};

/** Moves the initiative, records it in the public log, and tells those whom it concerns. Returns the new state. */
export async function makeMove(tx: Prisma.TransactionClient, input: MakeMove): Promise<State> {
  const { initiative, name, actor, reason, now } = input;
  const move = moveOf(name);
  if (!move.from.includes(initiative.state)) {
    throw refuse("wrong-state", { state: initiative.state });
  }
  await requireMover(tx, move, input);
  for (const requirement of move.needs ?? []) {
    await checkRequirement(tx, requirement, input);
  }
  const to = move.to === "before" ? (initiative.stateBefore ?? "open") : move.to;
  const at = new Date(now);
  await tx.initiative.update({
    where: { id: initiative.id },
    data: { ...input.set, state: to, stateSince: at, updatedAt: at },
    select: { id: true },
  });
  await tell(tx, { ...input, to, move });
  await announceInitiative(tx, initiative.id);
  // Last: it holds the chain's lock.
  await recordDecision(tx, {
    kind: `initiative.${name}`,
    subject: { type: "initiative", id: String(initiative.id) },
    actorId: actor?.memberId ?? null,
    reason,
    data: { from: initiative.state, to, version: initiative.version, ...input.data },
    now,
  });
  return to;
}

async function requireMover(
  tx: Prisma.TransactionClient,
  move: Move,
  { initiative, actor }: MakeMove,
): Promise<void> {
  const movers: readonly Mover[] = move.by;
  if (actor === null) {
    if (!movers.includes("portal")) {
      throw refuse("not-yours");
    }
    return;
  }
  if (actor.roles.some((role) => movers.includes(role))) {
    return;
  }
  if (movers.includes("author") && actor.memberId === initiative.authorId) {
    return;
  }
  if (movers.includes("assignee")) {
    const carried = await tx.initiativeAssignment.findUnique({
      where: { initiativeId_memberId: { initiativeId: initiative.id, memberId: actor.memberId } },
      select: { endedAt: true },
    });
    if (carried !== null && carried.endedAt === null) {
      return;
    }
  }
  throw refuse("not-yours");
}

async function tell(
  tx: Prisma.TransactionClient,
  { initiative, actor, move, to, told }: MakeMove & { move: Move; to: State },
): Promise<void> {
  const voters = move.tells === "voters" ? await listVoters(tx, initiative.id) : [];
  const memberIds = [initiative.authorId, ...voters].filter((id) => id !== actor?.memberId);
  const { kind, data }: Told = told ?? {
    kind: "initiative-decided",
    data: { title: initiative.title, outcome: to },
  };
  const id = String(initiative.id);
  const subject = { type: "initiative", id, url: `/initiatives/${id}` };
  // The pair of kind and data was checked where it was made; here it is one of many.
  await notifyMembers<NotificationKind>(tx, {
    ...{ memberIds, kind, subject },
    data: data as NotificationData<NotificationKind>,
  });
}
