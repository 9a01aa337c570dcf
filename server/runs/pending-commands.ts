import type { Sql } from "../platform/pool.ts";
import type { CommandKind, RunCommand } from "../run-log/contract.ts";

const PENDING = `
  select id, kind, reason, payload from "RunCommand"
  where "runId" = $1 and "acknowledgedAt" is null order by "createdAt", id limit 50`;

/** What the portal asks of the run's trainer and has not been answered, oldest first. */
export async function pendingCommands(sql: Sql, runId: string): Promise<RunCommand[]> {
  const { rows } = await sql.query<RunCommand>({
    name: "pending-commands",
    text: PENDING,
    values: [runId],
  });
  return rows;
}

const ACKNOWLEDGE = `
  update "RunCommand" set "acknowledgedAt" = $3
  where "runId" = $1 and id = any($2) and "acknowledgedAt" is null returning kind`;

/** Marks the named commands as obeyed; answers the kinds of those that were still pending. */
export async function acknowledgeCommands(
  sql: Sql,
  input: { runId: string; ids: string[]; now: number },
): Promise<CommandKind[]> {
  if (input.ids.length === 0) {
    return [];
  }
  const { rows } = await sql.query<{ kind: CommandKind }>(ACKNOWLEDGE, [
    input.runId,
    input.ids,
    new Date(input.now),
  ]);
  return rows.map((row) => row.kind);
}
