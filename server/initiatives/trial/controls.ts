import type { Db } from "../../platform/db.ts";
import type { ControlPatch } from "../contract.ts";

/** What can be changed of a running training: the factor of its learning rate, and weights instead of the stage's mix. */
type Controls = { rate: number; weights: Record<string, number> };

const INITIAL: Controls = { rate: 1, weights: {} };

type Row = { kind: string; payload: { factor?: number; weights?: Record<string, number> } | null };

/**
 * The run's controls now: its recipe, and every acknowledged command after it, in the order in which the trainer
 * obeyed. A new attempt begins with what its checkpoint held, which the trainer tells by obeying again.
 */
export async function readControls(db: Db, runId: string): Promise<Controls> {
  const rows = await db.$queryRaw<Row[]>`
    select kind, payload from "RunCommand" command
    where "runId" = ${runId} and kind in ('rate', 'weights') and "acknowledgedAt" is not null
      and not exists (
        select from "RunEvent" event where event."runId" = command."runId"
          and event.data->>'commandId' = command.id and event.data->'refused' = 'true'::jsonb)
    order by "acknowledgedAt", id`;
  return rows.reduce<Controls>((controls, { kind, payload }) => {
    if (kind === "rate") {
      return { ...controls, rate: payload?.factor ?? controls.rate };
    }
    return { ...controls, weights: payload?.weights ?? controls.weights };
  }, INITIAL);
}

/** The patch that brings back what this one changes. */
export function undoOf(patch: ControlPatch, { rate, weights }: Controls): ControlPatch {
  return patch.map(({ path }) =>
    path === "/rate"
      ? { op: "replace", path, value: rate }
      : { op: "replace", path, value: weights },
  );
}
