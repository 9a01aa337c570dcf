import type { Db } from "../../platform/db.ts";
import type { MoveName } from "../moves.ts";

const MOST = 10;

/** What a mail about the week tells of, by the move that made it news. */
const NEWS = {
  opened: ["publish", "revise"],
  decided: ["approve", "decline", "find-infeasible", "defer", "supersede"],
  tried: ["start-trial", "keep"],
  ended: ["release", "roll-back"],
} as const satisfies Record<string, readonly MoveName[]>;

/** Initiatives that made one of these moves since then, the newest first, each once, with where they stand. */
export async function weeklyInitiatives(
  db: Db,
  { since, news }: { since: Date; news: keyof typeof NEWS },
): Promise<{ title: string; path: string }[]> {
  const kinds = NEWS[news].map((move) => `initiative.${move}`);
  return await db.$queryRaw<{ title: string; path: string }[]>`
    select title, '/initiatives/' || id as path from "Initiative"
    join (select "subjectId", max(number) as newest from "Decision"
      where "subjectType" = 'initiative' and kind = any(${kinds}) and at > ${since} group by 1) told
      on told."subjectId" = id::text
    where state <> 'draft' order by newest desc limit ${MOST}`;
}
