import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { NoteHistory } from "./contract.ts";

/** Every state of a note, oldest first, also of one that was taken back. Throws `not_found`. */
export async function readNoteHistory(db: Db, id: string): Promise<NoteHistory> {
  const rows = await db.noteRevision.findMany({
    where: { eventId: id },
    orderBy: { number: "asc" },
    select: {
      number: true,
      markdown: true,
      reason: true,
      createdAt: true,
      author: { select: { name: true } },
    },
  });
  if (rows.length === 0) {
    throw new AppError("not_found", "There is no such note. Read the run's events again.");
  }
  return {
    id,
    revisions: rows.map(({ author, createdAt, ...rest }) => ({
      ...rest,
      author: author?.name ?? null,
      time: createdAt.getTime(),
    })),
  };
}
