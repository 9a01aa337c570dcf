import { z } from "zod";
import { readAuthors } from "../auth/read-authors.ts";
import type { Db } from "../platform/db.ts";
import type { CaseList, ListCases } from "./contract.ts";

const Signals = z.array(z.string());

/** Posts that wait for a moderator, those that wait longest first. */
export async function listCases(db: Db, { limit, cursor }: ListCases): Promise<CaseList> {
  const at = cursor === undefined ? undefined : new Date(cursor.at);
  const rows = await db.moderationCase.findMany({
    where: {
      state: "open",
      ...(cursor === undefined || at === undefined
        ? {}
        : { OR: [{ openedAt: { gt: at } }, { openedAt: at, id: { gt: cursor.id } }] }),
    },
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
    take: limit + 1,
    include: { reports: { select: { reason: true, note: true } } },
  });
  const shown = rows.slice(0, limit);
  const [author, posts] = await Promise.all([
    readAuthors(
      db,
      shown.map(({ authorId }) => authorId),
    ),
    db.forumPost.findMany({
      where: { id: { in: shown.map(({ postId }) => postId) } },
      select: {
        ...{ id: true, threadId: true, number: true, state: true, body: true },
        thread: { select: { title: true } },
      },
    }),
  ]);
  const byId = new Map(posts.map((post) => [post.id, post]));
  const cases = shown.flatMap((row) => {
    const found = byId.get(row.postId);
    if (found === undefined) {
      return [];
    }
    const { thread, ...post } = found;
    return {
      ...{ id: row.id, version: row.version, source: row.source },
      signals: Signals.safeParse(row.signals).data ?? [],
      flags: counted(row.reports),
      openedAt: row.openedAt.getTime(),
      post: { ...post, threadTitle: thread.title },
      author: author(row.authorId),
    };
  });
  const last = rows.length > limit ? cases.at(-1) : undefined;
  return { cases, next: last === undefined ? null : { at: last.openedAt, id: last.id } };
}

/** Equal reasons with equal notes once, with their number. */
function counted(reports: { reason: string; note: string }[]) {
  const once = new Map<string, { reason: string; note: string; count: number }>();
  for (const { reason, note } of reports) {
    const key = `${reason}\0${note}`;
    const known = once.get(key) ?? { reason, note, count: 0 };
    once.set(key, { ...known, count: known.count + 1 });
  }
  return [...once.values()];
}
