import type { NoteData } from "#server/notes/contract.ts";
import type { RunEvent } from "#server/runs/contract.ts";

/** What an engineer wrote; null for any other event. Looked at by hand: its schema's library would weigh 31 KB. */
export function noteOf({ kind, source, data }: RunEvent): NoteData | null {
  if (kind !== "note" || source !== "engineer" || data === null) {
    return null;
  }
  const { markdown, author, revision, edited, deleted } = data;
  return isTextOrNull(markdown) &&
    isTextOrNull(author) &&
    typeof revision === "number" &&
    typeof edited === "boolean" &&
    typeof deleted === "boolean"
    ? { markdown, author, revision, edited, deleted }
    : null;
}

const isTextOrNull = (value: unknown): value is string | null =>
  value === null || typeof value === "string";
