import { AppError } from "../platform/errors.ts";
import { type Pool, type Sql, transaction } from "../platform/pool.ts";
import { lockRun } from "../run-log/run-row.ts";
import type { RunEvent } from "../runs/contract.ts";
import type { DeleteNote, EditNote } from "./contract.ts";
import { storeNote, summaryOf } from "./store-note.ts";

type Who = { memberId: string; now: number };

/**
 * Gives a note other words; the old ones stay in its history. Any engineer may. Throws `not_found`, and `conflict`
 * when it was changed since the revision that the writer has seen, or taken back.
 */
export async function editNote(pool: Pool, edit: EditNote & Who): Promise<RunEvent> {
  const { markdown } = edit;
  return await change(pool, edit, (note) => {
    if (edit.revision !== undefined && edit.revision !== note.revision) {
      throw new AppError(
        "conflict",
        `Somebody has changed this note since (revision ${note.revision}). Read it again and write anew.`,
      );
    }
    return {
      markdown,
      reason: null,
      message: summaryOf(markdown),
      data: { ...note.event.data, markdown, revision: note.revision + 1, edited: true },
    };
  });
}

/** Takes a note off the curve, with a reason. What it said stays in its history. */
export async function removeNote(pool: Pool, { reason, ...who }: DeleteNote & Who) {
  return await change(pool, who, ({ event, revision }) => ({
    markdown: null,
    reason,
    message: "This note was taken back.",
    data: { ...event.data, markdown: null, revision: revision + 1, deleted: true },
  }));
}

type Note = { event: RunEvent; revision: number };
type Words = {
  markdown: string | null;
  reason: string | null;
  message: string;
  data: RunEvent["data"];
};
type Change = Who & { id: string };

async function change(
  pool: Pool,
  { id, memberId, now }: Change,
  say: (note: Note) => Words,
): Promise<RunEvent> {
  return await transaction(pool, async (sql) => {
    const { rows } = await sql.query<{ runId: string }>(
      `select "runId" from "RunEvent" where id = $1 and kind = 'note' and source = 'engineer'`,
      [id],
    );
    const runId = rows[0]?.runId;
    if (runId === undefined) {
      throw new AppError("not_found", "There is no such note. Read the run's events again.");
    }
    const run = await lockRun(sql, runId);
    const note = await readNote(sql, id);
    const { message, data, markdown, reason } = say(note);
    const event = { ...note.event, message, data };
    const state = { event, number: note.revision + 1, markdown, reason, authorId: memberId };
    return await storeNote(sql, run, { state, now });
  });
}

const READ = `
  select id, attempt, kind, step, (extract(epoch from time) * 1000)::float8 as time, message, source, data
  from "RunEvent" where id = $1`;

/** Under the run's lock, so that it is the newest state. */
async function readNote(sql: Sql, id: string): Promise<Note> {
  const { rows } = await sql.query<RunEvent>(READ, [id]);
  const event = rows[0];
  if (event === undefined || event.data?.["deleted"] === true) {
    throw new AppError("conflict", "This note was taken back. Write a new one.");
  }
  return { event, revision: Number(event.data?.["revision"] ?? 1) };
}
