import { readAuthors } from "../auth/read-authors.ts";
import type { Db } from "../platform/db.ts";
import type { AskCiting, CitingThreads } from "./contract.ts";
import { OPEN_END } from "./record-citations.ts";

const MOST = 20;

type Row = {
  threadId: number;
  title: string;
  postNumber: number;
  authorId: string;
  replies: number;
  fromStep: bigint;
  toStep: bigint;
  createdAt: Date;
};

/** The posts that cite a run, or steps that meet a span of it, newest first; a thread appears once. */
export async function listCiting(
  db: Db,
  { runId, from = 0, to = Number.MAX_SAFE_INTEGER }: AskCiting,
): Promise<CitingThreads> {
  const rows = await db.$queryRaw<Row[]>`
    select t.id as "threadId", t.title, p.number as "postNumber", p."authorId", t.replies, c."fromStep", c."toStep",
      p."createdAt"
    from (
      select "postId", "fromStep", "toStep" from "ForumCitation"
      where "runId" = ${runId} and "fromStep" <= ${BigInt(to)} and "toStep" >= ${BigInt(from)}
      order by "postId" desc limit 200) c
    join "ForumPost" p on p.id = c."postId" and p.state = 'visible'
    join "ForumThread" t on t.id = p."threadId" and t.state = 'visible'
    order by p.id desc`;
  const once = [...new Map(rows.toReversed().map((row) => [row.threadId, row])).values()]
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .slice(0, MOST);
  const author = await readAuthors(
    db,
    once.map(({ authorId }) => authorId),
  );
  return {
    citing: once.map(({ authorId, fromStep, toStep, createdAt, ...row }) => ({
      ...row,
      author: author(authorId),
      from: Number(fromStep),
      to: toStep === OPEN_END ? null : Number(toStep),
      createdAt: createdAt.getTime(),
    })),
  };
}
