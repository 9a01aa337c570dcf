import { z } from "zod";
import type { MemberActor } from "../auth/actor.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { defineQueue, enqueue } from "../platform/jobs.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { ExportItem } from "./contract.ts";

export const EXPORTS = defineQueue({
  name: "members/export",
  schema: z.object({ exportId: z.string() }),
  retryLimit: 2,
});

const SHOWN = 10;

/** Has all of one's data packed; at most one is being packed at a time. */
export async function askExport(
  db: PrismaClient,
  { actor, now }: { actor: MemberActor; now: number },
): Promise<void> {
  const { memberId } = actor;
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from "Member" where id = ${memberId} for update`;
    const running = await tx.memberExport.count({
      where: { memberId, state: { in: ["waiting", "packing"] } },
    });
    if (running > 0) {
      throw new AppError("conflict", "Your data is being packed already. It will be listed here.", {
        details: { reason: "export-runs" },
      });
    }
    const { id } = await tx.memberExport.create({
      data: { id: newId("exp"), memberId, createdAt: new Date(now) },
      select: { id: true },
    });
    await enqueue(tx, EXPORTS, { data: { exportId: id } });
  });
}

/** One's own exports, newest first. */
export async function listExports(
  db: Db,
  { actor, now }: { actor: MemberActor; now: number },
): Promise<ExportItem[]> {
  const rows = await db.memberExport.findMany({
    where: {
      memberId: actor.memberId,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }],
    },
    orderBy: { createdAt: "desc" },
    take: SHOWN,
  });
  return rows.map((row) => ({
    id: row.id,
    state: stateOf(row.state),
    done: row.done,
    parts: row.parts,
    bytes: row.bytes === null ? null : Number(row.bytes),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  }));
}

function stateOf(state: string): ExportItem["state"] {
  return state === "packing" || state === "ready" || state === "failed" ? state : "waiting";
}

/** The export that somebody may download: their own, packed, not yet taken away. */
export async function findExport(
  db: Db,
  { actor, id, now }: { actor: MemberActor; id: string; now: number },
): Promise<{ id: string; createdAt: Date }> {
  const row = await db.memberExport.findFirst({
    where: { id, memberId: actor.memberId, state: "ready", expiresAt: { gt: new Date(now) } },
    select: { id: true, createdAt: true },
  });
  if (row === null) {
    throw new AppError("not_found", "This export is not there (any more). Ask for a new one.");
  }
  return row;
}
