import { NoteData } from "#server/notes/contract.ts";
import type { RunEvent } from "#server/runs/contract.ts";

/** What an engineer wrote; null for any other event. */
export function noteOf({ kind, source, data }: RunEvent): NoteData | null {
  const read = kind === "note" && source === "engineer" ? NoteData.safeParse(data) : null;
  return read?.success === true ? read.data : null;
}
