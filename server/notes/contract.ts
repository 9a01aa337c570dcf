import { z } from "zod";

/** Longest note, in characters of Markdown. */
export const NOTE_LENGTH = 20_000;

const Markdown = z
  .string()
  .trim()
  .min(1)
  .max(NOTE_LENGTH)
  .refine((text) => !text.includes("\0"), "A note is text.");
const Step = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** The number of the newest revision that the writer has seen: with it, an edit on an older one is refused. */
const Revision = z.int().min(1).optional();

/** An engineer's note stands on the curve as an event of kind `note`; its Markdown is the event's `data.markdown`. */
export const AddNote = z.object({
  runId: z.string(),
  step: Step,
  /** Absent: the run's current attempt. */
  attempt: z.int().min(1).max(2_147_483_647).optional(),
  markdown: Markdown,
});
export type AddNote = z.infer<typeof AddNote>;

export const EditNote = z.object({ id: z.string(), markdown: Markdown, revision: Revision });
export type EditNote = z.infer<typeof EditNote>;
export const DeleteNote = z.object({ id: z.string(), reason: z.string().trim().min(1).max(500) });
export type DeleteNote = z.infer<typeof DeleteNote>;

/** Every state that a note has had, oldest first. A deletion is the last one: its text is null, its reason is given. */
export const NoteRevision = z.object({
  number: z.int(),
  markdown: z.string().nullable(),
  reason: z.string().nullable(),
  author: z.string().nullable(),
  time: z.number(),
});
export type NoteRevision = z.infer<typeof NoteRevision>;
export const NoteHistory = z.object({ id: z.string(), revisions: z.array(NoteRevision) });
export type NoteHistory = z.infer<typeof NoteHistory>;

/** What an event of kind `note` carries in `data`. A frame of the live stream with a known id replaces that event. */
export const NoteData = z.object({
  markdown: z.string().nullable(),
  /** Who wrote it first. */
  author: z.string().nullable(),
  revision: z.int(),
  edited: z.boolean(),
  deleted: z.boolean(),
});
export type NoteData = z.infer<typeof NoteData>;
