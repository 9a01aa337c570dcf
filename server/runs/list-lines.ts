import type { Db } from "../platform/db.ts";
import type { LineList } from "./contract.ts";
import { requireRun } from "./require-run.ts";

export type ListLines = {
  runId: string;
  limit?: number | undefined;
  /** Lines after this number; absent: the newest lines. */
  after?: number | undefined;
};

const DEFAULT_LIMIT = 200;

/** The trainer's console, in rising order. */
export async function listLines(db: Db, { runId, limit, after }: ListLines): Promise<LineList> {
  await requireRun(db, runId);
  const rows = await db.consoleLine.findMany({
    where: { runId, ...(after === undefined ? {} : { number: { gt: after } }) },
    orderBy: { number: after === undefined ? "desc" : "asc" },
    take: limit ?? DEFAULT_LIMIT,
    select: { number: true, attempt: true, time: true, text: true },
  });
  const rising = after === undefined ? rows.reverse() : rows;
  return {
    lines: rising.map((row) => ({
      ...row,
      number: Number(row.number),
      time: row.time.getTime(),
    })),
  };
}
