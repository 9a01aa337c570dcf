import { MEMBER_REF, toMemberRef } from "../auth/member-ref.ts";
import type { Db, Prisma } from "../platform/db.ts";
import type { ShowcaseItem, Stage } from "./contract.ts";

export const ITEM_ROW = {
  id: true,
  authorId: true,
  title: true,
  summary: true,
  stage: true,
  tags: true,
  usesName: true,
  imageSha256: true,
  imageWidth: true,
  imageHeight: true,
  hearts: true,
  featuredAt: true,
  createdAt: true,
  links: { select: { state: true } },
} satisfies Prisma.ShowcaseSelect;

export type ItemRow = Prisma.ShowcaseGetPayload<{ select: typeof ITEM_ROW }>;

/** Rows as lists show them: with their authors, comments, and whether the one who asks gave a heart. */
export async function completeItems(
  db: Db,
  rows: readonly ItemRow[],
  memberId: string | null,
): Promise<ShowcaseItem[]> {
  const ids = rows.map(({ id }) => id);
  const [members, threads, given] = await Promise.all([
    db.member.findMany({
      where: { id: { in: rows.map(({ authorId }) => authorId) } },
      select: MEMBER_REF,
    }),
    db.forumThread.findMany({
      where: { subjectKind: "showcase", subjectId: { in: ids.map(String) }, state: "visible" },
      select: { subjectId: true, lastNumber: true },
    }),
    memberId === null
      ? []
      : db.showcaseHeart.findMany({
          where: { memberId, showcaseId: { in: ids } },
          select: { showcaseId: true },
        }),
  ]);
  const authors = new Map(members.map((member) => [member.id, toMemberRef(member)]));
  const comments = new Map(threads.map(({ subjectId, lastNumber }) => [subjectId, lastNumber]));
  return rows.flatMap((row) => {
    const author = authors.get(row.authorId);
    return author === undefined
      ? []
      : [
          {
            ...{ id: row.id, title: row.title, summary: row.summary, author, tags: row.tags },
            ...{ stage: row.stage as Stage, usesName: row.usesName, hearts: row.hearts },
            image: imageOf(row),
            given: given.some(({ showcaseId }) => showcaseId === row.id),
            comments: comments.get(String(row.id)) ?? 0,
            deadLink: row.links.some(({ state }) => state === "dead"),
            featured: row.featuredAt !== null,
            createdAt: row.createdAt.getTime(),
          },
        ];
  });
}

function imageOf({ imageSha256, imageWidth, imageHeight }: ItemRow): ShowcaseItem["image"] {
  return imageSha256 === null
    ? null
    : { sha256: imageSha256, width: imageWidth ?? 0, height: imageHeight ?? 0 };
}
