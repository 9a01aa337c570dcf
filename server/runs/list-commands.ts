import type { Db } from "../platform/db.ts";
import type { CommandList, StoredCommand } from "../run-log/contract.ts";
import { requireRun } from "./require-run.ts";

type Input = { runId: string; limit?: number | undefined };
type Row = Omit<StoredCommand, "createdAt" | "acknowledgedAt"> & {
  createdAt: Date;
  acknowledgedAt: Date | null;
};

const DEFAULT_LIMIT = 50;

/** What was asked of the run's trainer, by whom and why, and what it answered; newest first. */
export async function listCommands(db: Db, { runId, limit }: Input): Promise<CommandList> {
  await requireRun(db, runId);
  const rows = await db.$queryRaw<Row[]>`
    select c.id, c.kind, c.reason, c.payload, m.name as by, c."createdAt", c."acknowledgedAt",
      (select jsonb_build_object('eventId', e.id, 'message', e.message, 'refused', e.data->'refused' is not distinct from 'true'::jsonb)
        from "RunEvent" e
        where c."acknowledgedAt" is not null and e."runId" = c."runId" and e."createdAt" >= c."createdAt"
          and e.data->>'commandId' = c.id
        order by e."createdAt" limit 1) as answer
    from "RunCommand" c left join "Member" m on m.id = c."memberId"
    where c."runId" = ${runId} order by c."createdAt" desc, c.id limit ${limit ?? DEFAULT_LIMIT}`;
  return {
    commands: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.getTime(),
      acknowledgedAt: row.acknowledgedAt?.getTime() ?? null,
    })),
  };
}
