import type { WireNumber } from "../metrics/contract.ts";
import { latestValues } from "../metrics/latest-values.ts";
import { toWire } from "../metrics/wire-number.ts";
import type { Db, Prisma } from "../platform/db.ts";
import type { Pool } from "../platform/pool.ts";
import { unknownRun } from "../run-log/run-row.ts";
import type { Attempt, Plan, RunDetail } from "./contract.ts";
import { LIST_ITEM, toListItem } from "./list-runs.ts";

const DETAIL = {
  ...LIST_ITEM,
  config: true,
  planned: true,
  attempt: true,
  startedAt: true,
  finishedAt: true,
  seq: true,
  attempts: {
    select: { number: true, fromStep: true, reason: true, startedAt: true, lastStep: true },
    orderBy: { number: "asc" },
  },
} satisfies Prisma.RunSelect;

type Row = Prisma.RunGetPayload<{ select: typeof DETAIL }>;
type Input = { id: string; now: number };

/** One run with its plan, attempts and newest values. `pool` reads the values: Prisma would turn NaN into null. */
export async function readRun(
  { db, pool }: { db: Db; pool: Pool },
  input: Input,
): Promise<RunDetail> {
  const row = await db.run.findUnique({ where: { id: input.id }, select: DETAIL });
  if (row === null) {
    throw unknownRun(input.id);
  }
  const values = await latestValues(pool, { runId: row.id, attempt: row.attempt });
  const latest = [...values].map(([key, { value }]): [string, WireNumber] => [key, toWire(value)]);
  return {
    ...toListItem(row, input.now),
    config: row.config as RunDetail["config"],
    planned: row.planned as Plan,
    attempt: row.attempt,
    attempts: row.attempts.map((attempt) => toAttempt(attempt, row.attempt)),
    keys: [...values.keys()].sort(),
    latest: Object.fromEntries(latest),
    startedAt: row.startedAt?.getTime() ?? null,
    finishedAt: row.finishedAt?.getTime() ?? null,
    lastMessageAt: row.lastMessageAt?.getTime() ?? null,
    messageIntervalMs: row.messageIntervalMs,
    paused: row.paused,
    seq: Number(row.seq),
  };
}

function toAttempt(row: Row["attempts"][number], current: number): Attempt {
  return {
    number: row.number,
    fromStep: Number(row.fromStep),
    reason: row.reason,
    startedAt: row.startedAt.getTime(),
    lastStep: row.number === current || row.lastStep === null ? null : Number(row.lastStep),
  };
}
