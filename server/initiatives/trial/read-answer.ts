import type { Db } from "../../platform/db.ts";

type Answer = { attempt: number; step: bigint; message: string; refused: boolean };

/** The event by which the trainer said that it obeyed, or would not; null while it has said nothing. */
export async function readAnswer(
  db: Db,
  runId: string,
  commandId: string | null,
): Promise<Answer | null> {
  const [event] = await db.$queryRaw<Answer[]>`
    select attempt, step, message, data->'refused' is not distinct from 'true'::jsonb as refused from "RunEvent"
    where "runId" = ${runId} and data->>'commandId' = ${commandId ?? ""}
    order by "createdAt" limit 1`;
  return event ?? null;
}
