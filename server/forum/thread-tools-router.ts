import { createRouter, limited, roleProcedure } from "../rpc/procedures.ts";
import { closeThread } from "./close-thread.ts";
import {
  Done,
  LockThread,
  MergeThread,
  MoveThread,
  PinThread,
  SplitThread,
  ThreadMoved,
} from "./contract.ts";
import { mergeThreads } from "./merge-threads.ts";
import { moveThread } from "./move-thread.ts";
import { pinThread } from "./pin-thread.ts";
import { splitThread } from "./split-thread.ts";

const toolProcedure = roleProcedure("moderator").use(limited("command"));

/** What moderators do to threads; each act has a reason and stands in the decision log. */
export const threadToolsRouter = createRouter({
  pin: toolProcedure
    .input(PinThread)
    .output(Done)
    .mutation(({ ctx, input }) =>
      pinThread(ctx.db, { ...input, actorId: ctx.actor.memberId, now: ctx.clock() }),
    ),
  lock: toolProcedure
    .input(LockThread)
    .output(Done)
    .mutation(({ ctx, input }) =>
      closeThread(ctx.db, { ...input, actorId: ctx.actor.memberId, now: ctx.clock() }),
    ),
  move: toolProcedure
    .input(MoveThread)
    .output(Done)
    .mutation(({ ctx, input }) => moveThread(ctx.db, { ...input, actorId: ctx.actor.memberId })),
  split: toolProcedure
    .input(SplitThread)
    .output(ThreadMoved)
    .mutation(({ ctx, input }) => splitThread(ctx.db, { ...input, actorId: ctx.actor.memberId })),
  merge: toolProcedure
    .input(MergeThread)
    .output(ThreadMoved)
    .mutation(({ ctx, input }) => mergeThreads(ctx.db, { ...input, actorId: ctx.actor.memberId })),
});
