import type { Db } from "../../platform/db.ts";
import type { ControlChange, LineAttempt } from "./run-line.ts";

type Row = Omit<ControlChange, "path"> & { kind: "rate" | "weights" };

/** A run's attempts, and every change of its controls that its trainer has obeyed, in that order. */
export async function readRunLine(
  db: Db,
  runId: string,
): Promise<{ attempts: LineAttempt[]; changes: ControlChange[] }> {
  const attempts = await db.$queryRaw<LineAttempt[]>`
    select number, "fromStep"::float8 as "fromStep", exists (
        select from "RunEvent" event
        where event."runId" = attempt."runId" and event.attempt = attempt.number
          and event.data->'command'->>'kind' = 'rollback' and event.data->>'commandId' is not null
          and event.data->'refused' is distinct from 'true'::jsonb
      ) as "keepsControls"
    from "Attempt" attempt where "runId" = ${runId} order by number`;
  const rows = await db.$queryRaw<Row[]>`
    select data->>'commandId' as "commandId", attempt, step::float8 as step,
      floor(extract(epoch from time) * 1000)::float8 as time,
      data->'command'->>'kind' as kind,
      coalesce(data->'command'->'payload'->'factor', data->'command'->'payload'->'weights') as value,
      case when data ? 'before' then jsonb_build_object('value', data->'before') end as before
    from "RunEvent"
    where "runId" = ${runId} and data->>'commandId' is not null
      and data->'command'->>'kind' in ('rate', 'weights')
      and data->'refused' is distinct from 'true'::jsonb
    order by attempt, "createdAt", step, id`;
  return {
    attempts,
    changes: rows.map(({ kind, before, ...row }) => ({
      ...row,
      path: kind === "rate" ? "/rate" : "/weights",
      before: (before as { value: unknown } | null)?.value,
    })),
  };
}
