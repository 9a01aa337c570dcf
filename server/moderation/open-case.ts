import type { Prisma } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";

type Opened = {
  postId: number;
  authorId: string;
  source: "flag" | "first" | "fast" | "spam";
  signals: string[];
};

/** The open case of a post, made when there is none: the database holds that there is never a second one. */
export async function openCase(
  tx: Prisma.TransactionClient,
  { postId, authorId, source, signals }: Opened,
): Promise<string> {
  await tx.$executeRaw`
    insert into "ModerationCase" (id, "postId", "authorId", source, signals)
    values (${newId("case")}, ${postId}, ${authorId}, ${source}, ${JSON.stringify(signals)}::jsonb)
    on conflict ("postId") where state = 'open' do nothing`;
  const { id } = await tx.moderationCase.findFirstOrThrow({
    where: { postId, state: "open" },
    select: { id: true },
  });
  return id;
}
