import { listKeys } from "../metrics/list-keys.ts";
import { readSeries } from "../metrics/read-series.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { type Pool, type Sql, transaction } from "../platform/pool.ts";
import { type LockedRun, lockRun } from "../run-log/run-row.ts";
import type { RunEvent } from "../runs/contract.ts";
import type { AddNote } from "./contract.ts";
import { storeNote, summaryOf } from "./store-note.ts";

type Input = { note: AddNote; authorId: string; now: number };

/**
 * Puts an engineer's note on a step of the run, also of an archived one. On the axis of time it stands where that step
 * stands. Throws `not_found` for an unknown run, `bad_request` for an attempt or a step that it does not have.
 */
export async function addNote(pool: Pool, { note, authorId, now }: Input): Promise<RunEvent> {
  const time = (await timeOf(pool, note)) ?? now;
  return await transaction(pool, async (sql) => {
    const run = await lockRun(sql, note.runId);
    const attempt = note.attempt ?? run.attempt;
    await requireStep(sql, run, { attempt, step: note.step });
    const { markdown, step } = note;
    const event: RunEvent = {
      id: newId("evt"),
      attempt,
      kind: "note",
      step,
      time,
      message: summaryOf(markdown),
      source: "engineer",
      data: {
        markdown,
        author: { memberId: authorId },
        revision: 1,
        edited: false,
        deleted: false,
      },
    };
    const state = { event, number: 1, markdown, reason: null, authorId };
    return await storeNote(sql, run, { state, now });
  });
}

type Place = { attempt: number; step: number };

async function requireStep(sql: Sql, run: LockedRun, { attempt, step }: Place): Promise<void> {
  const { rows } = await sql.query<{ newest: number }>(
    `select greatest("fromStep", "lastStep", case when number = $3 then $4::bigint end) as newest
     from "Attempt" where "runId" = $1 and number = $2`,
    [run.id, attempt, run.attempt, run.step],
  );
  const newest = rows[0]?.newest;
  if (newest === undefined) {
    throw new AppError(
      "bad_request",
      `This run has no attempt ${attempt}. Choose one of 1 to ${run.attempt}.`,
    );
  }
  if (step > newest) {
    throw new AppError(
      "bad_request",
      `Attempt ${attempt} has reached step ${newest} only. Choose a step up to there.`,
    );
  }
}

/** When the run came by that step; null where it logged nothing from there on. */
async function timeOf(pool: Pool, { runId, attempt, step }: AddNote): Promise<number | null> {
  const keys = await listKeys(pool, { runId, attempt });
  const key = keys.includes("loss") ? "loss" : keys[0];
  if (key === undefined) {
    return null;
  }
  const window = { x: "step" as const, from: step, buckets: 1 };
  const { series } = await readSeries(pool, { runId, attempt, keys: [key], ...window });
  return series[key]?.times[0] ?? null;
}
