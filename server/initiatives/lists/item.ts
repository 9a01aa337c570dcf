import { readAuthors } from "../../auth/read-authors.ts";
import type { Db, Prisma } from "../../platform/db.ts";
import { Category, type InitiativeItem, State } from "../contract.ts";

export const ITEM_ROW = {
  id: true,
  title: true,
  category: true,
  state: true,
  cast: true,
  eligible: true,
  hot: true,
  gpuHours: true,
  version: true,
  authorId: true,
  openedAt: true,
  triageDueAt: true,
  commentEndsAt: true,
  createdAt: true,
  _count: { select: { concerns: { where: { resolvedAt: null } } } },
  assignments: {
    where: { acceptedAt: { not: null }, endedAt: null },
    orderBy: { acceptedAt: "asc" },
    take: 1,
    select: { memberId: true },
  },
} satisfies Prisma.InitiativeSelect;

type ItemRow = Prisma.InitiativeGetPayload<{ select: typeof ITEM_ROW }>;

/** Rows as lists show them, for the member who asks. */
export async function toItems(
  db: Db,
  rows: readonly ItemRow[],
  memberId: string | null,
): Promise<InitiativeItem[]> {
  const people = rows.flatMap((row) => [row.authorId, ...row.assignments.map((a) => a.memberId)]);
  const author = await readAuthors(db, people);
  const voted = await votedFor(db, rows, memberId);
  return rows.map((row) => {
    const { authorId, assignments, _count, hot: _, version: _version, ...item } = row;
    const [assignee] = assignments;
    return {
      ...item,
      category: Category.parse(item.category),
      state: State.parse(item.state),
      author: author(authorId),
      assignee: assignee === undefined ? null : author(assignee.memberId).name,
      openConcerns: _count.concerns,
      voted: voted.has(row.id),
      openedAt: item.openedAt?.getTime() ?? null,
      triageDueAt: item.triageDueAt?.getTime() ?? null,
      commentEndsAt: item.commentEndsAt?.getTime() ?? null,
      createdAt: item.createdAt.getTime(),
    };
  });
}

async function votedFor(
  db: Db,
  rows: readonly ItemRow[],
  memberId: string | null,
): Promise<Set<number>> {
  if (memberId === null || rows.length === 0) {
    return new Set();
  }
  const votes = await db.initiativeVote.findMany({
    where: { memberId, OR: rows.map(({ id, version }) => ({ initiativeId: id, version })) },
    select: { initiativeId: true },
  });
  return new Set(votes.map(({ initiativeId }) => initiativeId));
}
