import type { Prisma } from "../platform/db.ts";
import { remarkDocuments } from "../search/remark-documents.ts";

type Refiled = { threadId: number; away: string[]; instead: string[] };

/** Lets all posts of a thread be found under other marks (`in:tools`, `tag:spike`) than before. */
export async function refileThread(
  tx: Prisma.TransactionClient,
  { threadId, away, instead }: Refiled,
): Promise<void> {
  const posts = await tx.forumPost.findMany({
    where: { threadId, state: "visible" },
    select: { id: true },
  });
  const ids = posts.map(({ id }) => String(id));
  await remarkDocuments(tx, { kind: "post", ids, away, instead });
}
