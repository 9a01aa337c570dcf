import { z } from "zod";
import type { Context } from "../rpc/context.ts";
import { createRouter, limited, publicProcedure, roleProcedure } from "../rpc/procedures.ts";
import { memberNames, nameMembers } from "../run-log/name-members.ts";
import { RunEvent } from "../runs/contract.ts";
import { addNote } from "./add-note.ts";
import { editNote, removeNote } from "./change-note.ts";
import { AddNote, DeleteNote, EditNote, NoteHistory } from "./contract.ts";
import { readNoteHistory } from "./read-note-history.ts";

const engineer = roleProcedure("engineer").use(limited("note"));

/** Engineers' notes on the curve. */
export const notesRouter = createRouter({
  add: engineer
    .input(AddNote)
    .output(RunEvent)
    .mutation(async ({ ctx, input }) => {
      const who = { authorId: ctx.actor.memberId, now: ctx.clock() };
      return await withNames(ctx, await addNote(ctx.pool, { note: input, ...who }));
    }),
  edit: engineer
    .input(EditNote)
    .output(RunEvent)
    .mutation(async ({ ctx, input }) => {
      const who = { memberId: ctx.actor.memberId, now: ctx.clock() };
      return await withNames(ctx, await editNote(ctx.pool, { ...input, ...who }));
    }),
  remove: engineer
    .input(DeleteNote)
    .output(RunEvent)
    .mutation(async ({ ctx, input }) => {
      const who = { memberId: ctx.actor.memberId, now: ctx.clock() };
      return await withNames(ctx, await removeNote(ctx.pool, { ...input, ...who }));
    }),
  history: publicProcedure
    .input(z.object({ id: z.string().max(60) }))
    .output(NoteHistory)
    .query(({ ctx, input }) => readNoteHistory(ctx.db, input.id)),
});

async function withNames({ pool }: Pick<Context, "pool">, event: RunEvent): Promise<RunEvent> {
  const [named] = await nameMembers([event], memberNames(pool));
  return named ?? event;
}
