import {
  createRouter,
  limited,
  memberProcedure,
  publicProcedure,
  voiceProcedure,
} from "../rpc/procedures.ts";
import {
  EditedPost,
  EditPost,
  ListThreads,
  NewThread,
  OfPost,
  PostHistory,
  React,
  Reactions,
  ReadThread,
  Reply,
  StoredPost,
  ThreadList,
  ThreadPage,
} from "./contract.ts";
import { createThread } from "./create-thread.ts";
import { editPost } from "./edit-post.ts";
import { listThreads } from "./list-threads.ts";
import { reactToPost } from "./react-to-post.ts";
import { readHistory } from "./read-history.ts";
import { readThread } from "./read-thread.ts";
import { storePost } from "./store-post.ts";

/** Threads for everyone to read, and for members to write in. */
export const forumRouter = createRouter({
  list: publicProcedure
    .input(ListThreads)
    .output(ThreadList)
    .query(({ ctx, input }) => listThreads(ctx.db, input)),
  read: publicProcedure
    .input(ReadThread)
    .output(ThreadPage)
    .query(({ ctx, input }) => readThread(ctx.db, input)),
  history: publicProcedure
    .input(OfPost)
    .output(PostHistory)
    .query(({ ctx, input }) => readHistory(ctx.db, input.postId)),
  create: voiceProcedure
    .use(limited("thread"))
    .input(NewThread)
    .output(StoredPost)
    .mutation(({ ctx, input }) =>
      createThread(ctx.db, { ...input, authorId: ctx.actor.memberId, now: ctx.clock() }),
    ),
  reply: voiceProcedure
    .use(limited("post"))
    .input(Reply)
    .output(StoredPost)
    .mutation(({ ctx, input }) =>
      ctx.db.$transaction((tx) =>
        storePost(tx, { ...input, authorId: ctx.actor.memberId, now: ctx.clock() }),
      ),
    ),
  react: memberProcedure
    .use(limited("react"))
    .input(React)
    .output(Reactions)
    .mutation(({ ctx, input }) => reactToPost(ctx.db, { ...input, memberId: ctx.actor.memberId })),
  edit: voiceProcedure
    .use(limited("edit"))
    .input(EditPost)
    .output(EditedPost)
    .mutation(({ ctx, input }) =>
      editPost(ctx.db, { ...input, memberId: ctx.actor.memberId, now: ctx.clock() }),
    ),
});
