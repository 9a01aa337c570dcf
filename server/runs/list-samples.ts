import type { Db, Prisma } from "../platform/db.ts";
import type { SampleList } from "./contract.ts";
import { fromCursor, toCursor } from "./page-cursor.ts";
import { requireRun } from "./require-run.ts";

export type ListSamples = {
  runId: string;
  limit?: number | undefined;
  next?: string | undefined;
  attempt?: number | undefined;
  /** Only what was generated at this step. */
  step?: number | undefined;
};

const DEFAULT_LIMIT = 50;
const SHOWN = {
  attempt: true,
  step: true,
  prompt: true,
  task: true,
  lang: true,
  text: true,
} satisfies Prisma.SampleSelect;

/** Texts that the run generated, newest attempt and step first. */
export async function listSamples(db: Db, input: ListSamples): Promise<SampleList> {
  await requireRun(db, input.runId);
  const take = input.limit ?? DEFAULT_LIMIT;
  const skip = input.next === undefined ? 0 : fromCursor(input.next, ["number"])[0];
  const rows = await db.sample.findMany({
    where: {
      runId: input.runId,
      ...(input.attempt === undefined ? {} : { attempt: input.attempt }),
      ...(input.step === undefined ? {} : { step: input.step }),
    },
    orderBy: [{ attempt: "desc" }, { step: "desc" }, { task: "asc" }, { prompt: "asc" }],
    skip: Math.min(Math.max(0, skip), 1_000_000),
    take: take + 1,
    select: SHOWN,
  });
  return {
    samples: rows.slice(0, take).map((row) => ({ ...row, step: Number(row.step) })),
    next: rows.length <= take ? null : toCursor([skip + take]),
  };
}
