import type { Db } from "../platform/db.ts";
import type { AskNames } from "./contract.ts";

const MOST = 8;

/** Names that begin with what was typed after an @: who writes in the thread first, then everyone. */
export async function suggestNames(
  db: Db,
  { start, threadId }: AskNames,
): Promise<{ names: string[] }> {
  const from = start.toLowerCase();
  const inThread =
    threadId === undefined
      ? []
      : await db.$queryRaw<{ name: string }[]>`
          select distinct m.name from "ForumPost" p join "Member" m on m.id = p."authorId"
          where p."threadId" = ${threadId} and p.state = 'visible' and starts_with(m."nameKey", ${from})
            and m."deletedAt" is null
          order by m.name limit ${MOST}`;
  const all = await db.member.findMany({
    where: { nameKey: { gte: from, lt: `${from}~` }, deletedAt: null },
    orderBy: { nameKey: "asc" },
    take: MOST,
    select: { name: true },
  });
  const names = [...inThread, ...all]
    .map(({ name }) => name)
    .filter((name) => name.toLowerCase().startsWith(from));
  return { names: [...new Set(names)].slice(0, MOST) };
}
