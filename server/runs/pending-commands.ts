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

/** A command of this run that an event names. */
export type NamedCommand = RunCommand & {
  memberId: string | null;
  /** It was still pending, and is no longer. */
  obeyed: boolean;
};

const ACKNOWLEDGE = `
  with obeyed as (
    update "RunCommand" set "acknowledgedAt" = $3
    where "runId" = $1 and id = any($2) and "acknowledgedAt" is null returning id)
  select c.id, c.kind, c.reason, c.payload, c."memberId", o.id is not null as obeyed
  from "RunCommand" c left join obeyed o on o.id = c.id
  where c."runId" = $1 and c.id = any($2) order by c."createdAt", c.id`;

/** Marks the named commands as obeyed, and answers those that are commands of this run. */
export async function acknowledgeCommands(
  sql: Sql,
  input: { runId: string; ids: string[]; now: number },
): Promise<NamedCommand[]> {
  if (input.ids.length === 0) {
    return [];
  }
  const { rows } = await sql.query<NamedCommand>(ACKNOWLEDGE, [
    input.runId,
    input.ids,
    new Date(input.now),
  ]);
  return rows;
}

/** Kinds of those that were obeyed just now. */
export function obeyedKinds(commands: NamedCommand[]): CommandKind[] {
  return commands.flatMap(({ kind, obeyed }) => (obeyed ? [kind] : []));
}
