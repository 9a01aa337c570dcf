import { readAuthors } from "../auth/read-authors.ts";
import type { Db, Prisma } from "../platform/db.ts";
import { APPEALABLE } from "./appeal-act.ts";
import type { Act, ActList, AppealList, ListActs, OwnActs } from "./contract.ts";

const WITH_APPEAL = { appeal: { select: { state: true, answer: true } } } as const;
type Row = Prisma.ModerationActGetPayload<{ include: typeof WITH_APPEAL }>;

/** Whom an act concerns is not part of it here: the log tells what moderators do, and shames nobody. */
function toAct({ appeal, endsAt, revokedAt, createdAt, ...row }: Row): Act {
  const { id, kind, postId, threadId, reason, decision } = row;
  return {
    ...{ id, kind, postId, threadId, reason, decision },
    endsAt: endsAt?.getTime() ?? null,
    revokedAt: revokedAt?.getTime() ?? null,
    createdAt: createdAt.getTime(),
    appeal: appeal?.state ?? null,
  };
}

/** Everything that moderators did, newest first, for everyone to read. */
export async function listActs(db: Db, { limit, cursor }: ListActs): Promise<ActList> {
  const at = cursor === undefined ? undefined : new Date(cursor.at);
  const rows = await db.moderationAct.findMany({
    where:
      cursor === undefined || at === undefined
        ? {}
        : { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { gt: cursor.id } }] },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: limit + 1,
    include: WITH_APPEAL,
  });
  const acts = rows.slice(0, limit).map(toAct);
  const last = rows.length > limit ? acts.at(-1) : undefined;
  return { acts, next: last === undefined ? null : { at: last.createdAt, id: last.id } };
}

/** What was done to the asking member, and whether they may still appeal. */
export async function listOwnActs(db: Db, memberId: string): Promise<OwnActs> {
  const rows = await db.moderationAct.findMany({
    where: { memberId },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: 100,
    include: WITH_APPEAL,
  });
  return {
    acts: rows.map((row) => ({
      ...toAct(row),
      mayAppeal: row.appeal === null && row.revokedAt === null && APPEALABLE.includes(row.kind),
      answer: row.appeal?.answer ?? "",
    })),
  };
}

/** Appeals that wait, those that wait longest first. */
export async function listAppeals(db: Db, actorId: string): Promise<AppealList> {
  const rows = await db.moderationAppeal.findMany({
    where: { state: "open" },
    orderBy: { createdAt: "asc" },
    take: 50,
    include: { act: { include: WITH_APPEAL } },
  });
  const author = await readAuthors(
    db,
    rows.map(({ memberId }) => memberId),
  );
  return {
    appeals: rows.map(({ id, text, createdAt, act, memberId, actActorId }) => ({
      ...{ id, text, createdAt: createdAt.getTime(), act: toAct(act), member: author(memberId) },
      mayDecide: actActorId !== actorId && memberId !== actorId,
    })),
  };
}
