import type { Sql } from "../platform/pool.ts";
import { eventMessage, type LockedRun, saveMessage } from "../run-log/run-row.ts";
import type { RunEvent } from "../runs/contract.ts";

/** A note's next state. A deletion has no text, but a reason. */
export type NextState = {
  event: RunEvent;
  number: number;
  markdown: string | null;
  reason: string | null;
  authorId: string;
};

const ADD_REVISION = `
  insert into "NoteRevision" ("eventId", number, markdown, reason, "authorId", "createdAt")
  values ($1, $2, $3, $4, $5, $6)`;

/** Stores a note's state as its event and as a revision, and tells every open page. Its run is locked. */
export async function storeNote(
  sql: Sql,
  run: LockedRun,
  { state, now }: { state: NextState; now: number },
): Promise<RunEvent> {
  const { event, number, markdown, reason, authorId } = state;
  await saveMessage(sql, run, { message: eventMessage(run.attempt, [event]), now });
  await sql.query(ADD_REVISION, [event.id, number, markdown, reason, authorId, new Date(now)]);
  return event;
}

const LONGEST_SUMMARY = 280;

/** The first line that says something, for lists. */
export function summaryOf(markdown: string): string {
  const lines = markdown.split("\n").map((line) => line.replace(/^[\s#>*+-]+/, "").trim());
  return (lines.find((line) => line !== "") ?? markdown.trim()).slice(0, LONGEST_SUMMARY);
}
