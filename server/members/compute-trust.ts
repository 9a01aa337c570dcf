import { type TrustRecord, trustFor } from "../auth/trust-levels.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import type { Db } from "../platform/db.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";

const BATCH = 500;

type Counted = TrustRecord & { id: string; name: string; trust: number };

const COUNT = `
  select m.id, m.name, m.trust,
    (select count(*)::int from "MemberDay" d where d."memberId" = m.id and d.day > $2::date - 100 and d.day <= $2::date) as "days100",
    (select count(*)::int from "MemberDay" d where d."memberId" = m.id and d.day > $2::date - 365 and d.day <= $2::date) as "days365",
    (select count(*)::int from "ForumPost" p where p."authorId" = m.id and p.state = 'visible') as posts,
    given.reactions, given.people,
    (select ($2::date - max(a."createdAt")::date) from "ModerationAct" a
      where a."memberId" = m.id and a."revokedAt" is null and a.kind in ('hide', 'warn', 'silence', 'suspend')) as clean
  from "Member" m cross join lateral (
    select count(*)::int as reactions, count(distinct r."memberId")::int as people
    from "ForumPost" p join "ForumReaction" r on r."postId" = p.id
    where p."authorId" = m.id and p.state = 'visible') given
  where m.id > $1 and m."deletedAt" is null order by m.id limit ${BATCH}`;

/** Gives every member the level that the published numbers say, up or down, and tells those whose level changes. */
export async function computeTrust(
  { db, pool }: { db: PrismaClient; pool: Pool },
  { now }: { now: number },
): Promise<{ changed: number }> {
  let changed = 0;
  let after = "";
  for (;;) {
    const { rows } = await pool.query<Counted>(COUNT, [after, new Date(now)]);
    for (const row of rows.filter((each) => trustFor(each) !== each.trust)) {
      changed += await db.$transaction((tx) => setTrust(tx, row, now));
    }
    after = rows.at(-1)?.id ?? "";
    if (rows.length < BATCH) {
      return { changed };
    }
  }
}

async function setTrust(tx: Db, row: Counted, now: number): Promise<number> {
  const { id, name, trust: from } = row;
  const trust = trustFor(row);
  const { count } = await tx.member.updateMany({
    where: { id, trust: from, deletedAt: null },
    data: { trust, trustSince: new Date(now) },
  });
  if (count > 0) {
    await notifyMembers(tx, {
      memberIds: [id],
      kind: "trust-changed",
      subject: { type: "member", id, url: `/members/${name}` },
      data: { from, to: trust },
    });
  }
  return count;
}
