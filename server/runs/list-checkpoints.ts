import type { Db, Prisma } from "../platform/db.ts";
import type { Checkpoint, CheckpointList } from "./contract.ts";
import { fromCursor, toCursor } from "./page-cursor.ts";
import { requireRun } from "./require-run.ts";

export type ListCheckpoints = {
  runId: string;
  limit?: number | undefined;
  next?: string | undefined;
};

const DEFAULT_LIMIT = 50;
const SHOWN = {
  id: true,
  runId: true,
  attempt: true,
  step: true,
  tokens: true,
  metrics: true,
  createdAt: true,
  completedAt: true,
  files: { select: { name: true, size: true, sha256: true }, orderBy: { name: "asc" } },
} satisfies Prisma.CheckpointSelect;

type Row = Prisma.CheckpointGetPayload<{ select: typeof SHOWN }>;

/** The run's public checkpoints (every file complete), newest attempt and step first. */
export async function listCheckpoints(db: Db, input: ListCheckpoints): Promise<CheckpointList> {
  await requireRun(db, input.runId);
  const take = input.limit ?? DEFAULT_LIMIT;
  const rows = await db.checkpoint.findMany({
    where: { runId: input.runId, completedAt: { not: null }, ...after(input.next) },
    orderBy: [{ attempt: "desc" }, { step: "desc" }],
    take: take + 1,
    select: SHOWN,
  });
  const shown = rows.slice(0, take);
  const last = shown.at(-1);
  return {
    checkpoints: shown.map(toCheckpoint),
    next:
      last === undefined || rows.length <= take
        ? null
        : toCursor([last.attempt, Number(last.step)]),
  };
}

function after(next: string | undefined): Prisma.CheckpointWhereInput {
  if (next === undefined) {
    return {};
  }
  const [attempt, step] = fromCursor(next, ["number", "number"]);
  return { OR: [{ attempt: { lt: attempt } }, { attempt, step: { lt: step } }] };
}

function toCheckpoint(row: Row): Checkpoint {
  return {
    id: row.id,
    runId: row.runId,
    attempt: row.attempt,
    step: Number(row.step),
    tokens: row.tokens === null ? null : Number(row.tokens),
    metrics: row.metrics as Checkpoint["metrics"],
    createdAt: row.createdAt.getTime(),
    bytes: row.files.reduce((sum, file) => sum + Number(file.size), 0),
    files: row.files.map((file) => ({
      name: file.name,
      size: Number(file.size),
      sha256: file.sha256,
      url: `/api/v1/checkpoints/${row.id}/files/${file.name}`,
    })),
  };
}
