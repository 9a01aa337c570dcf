import { readAuthors } from "../auth/read-authors.ts";
import type { Db } from "../platform/db.ts";
import type { ThreadItem } from "./contract.ts";
import { type ThreadRow, toThreadItem } from "./thread-row.ts";

/** Rows of threads with their authors, and how far the asking member has read each. */
export async function completeThreads(
  db: Db,
  rows: readonly ThreadRow[],
  memberId: string | null,
): Promise<ThreadItem[]> {
  const [author, readings] = await Promise.all([
    readAuthors(
      db,
      rows.map(({ authorId }) => authorId),
    ),
    memberId === null || rows.length === 0
      ? []
      : db.forumReading.findMany({
          where: { memberId, threadId: { in: rows.map(({ id }) => id) } },
          select: { threadId: true, readTo: true },
        }),
  ]);
  const readTo = new Map(readings.map((reading) => [reading.threadId, reading.readTo]));
  return rows.map((row) => ({
    ...toThreadItem(row),
    author: author(row.authorId),
    readTo: readTo.get(row.id) ?? null,
  }));
}
