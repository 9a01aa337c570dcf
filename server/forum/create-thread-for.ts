import type { Prisma } from "../platform/db.ts";

export type ThreadSubject = { kind: string; id: string; title: string; authorId: string };

/** The discussion of something else (an initiative, a release, a day's log): one thread each, empty at first. */
export async function createThreadFor(
  tx: Prisma.TransactionClient,
  { kind, id, title, authorId }: ThreadSubject,
): Promise<number> {
  const [made] = await tx.$queryRaw<{ id: number }[]>`
    insert into "ForumThread" (category, "subjectKind", "subjectId", title, "authorId")
    values (${kind}, ${kind}, ${id}, ${title}, ${authorId})
    on conflict ("subjectKind", "subjectId") do update set title = excluded.title
    returning id`;
  return made?.id ?? 0;
}
