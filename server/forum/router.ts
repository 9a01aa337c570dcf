import type { Actor } from "../auth/actor.ts";
import {
  accountProcedure,
  createRouter,
  limited,
  memberProcedure,
  publicProcedure,
  voiceProcedure,
  withinTrust,
} from "../rpc/procedures.ts";
import { acceptAnswer } from "./accept-answer.ts";
import * as wire from "./contract.ts";
import { createThread } from "./create-thread.ts";
import { dropDraft } from "./drop-draft.ts";
import { editPost } from "./edit-post.ts";
import { findDraft } from "./find-draft.ts";
import { findPost } from "./find-post.ts";
import { follow } from "./follow.ts";
import { listCiting } from "./list-citing.ts";
import { listThreads } from "./list-threads.ts";
import { listUnread } from "./list-unread.ts";
import { markRead } from "./mark-read.ts";
import { reactToPost } from "./react-to-post.ts";
import { readFollow } from "./read-follow.ts";
import { readHistory } from "./read-history.ts";
import { readThread } from "./read-thread.ts";
import { removePost } from "./remove-post.ts";
import { saveDraft } from "./save-draft.ts";
import { storePost } from "./store-post.ts";
import { suggestNames } from "./suggest-names.ts";
import { threadToolsRouter } from "./thread-tools-router.ts";

/** Who reads, so that lists say what is new to them; null for a visitor. */
const memberIdOf = (actor: Actor) => (actor.kind === "member" ? actor.memberId : null);

const reading = {
  list: publicProcedure
    .input(wire.ListThreads)
    .output(wire.ThreadList)
    .query(({ ctx, input }) => listThreads(ctx.db, { ...input, memberId: memberIdOf(ctx.actor) })),
  read: publicProcedure
    .input(wire.ReadThread)
    .output(wire.ThreadPage)
    .query(({ ctx, input }) => readThread(ctx.db, { ...input, memberId: memberIdOf(ctx.actor) })),
  history: publicProcedure
    .input(wire.OfPost)
    .output(wire.PostHistory)
    .query(({ ctx, input }) => readHistory(ctx.db, input.postId)),
  source: publicProcedure
    .input(wire.OfPost)
    .output(wire.PostSource)
    .query(({ ctx, input }) => findPost(ctx.db, input.postId)),
  place: publicProcedure
    .input(wire.OfPost)
    .output(wire.PostPlace)
    .query(({ ctx, input }) => findPost(ctx.db, input.postId)),
  citing: publicProcedure
    .input(wire.AskCiting)
    .output(wire.CitingThreads)
    .query(({ ctx, input }) => listCiting(ctx.db, input)),
};

const writing = {
  create: voiceProcedure
    .use(limited("thread"))
    .input(wire.NewThread)
    .output(wire.StoredPost)
    .use(withinTrust)
    .mutation(({ ctx, input }) =>
      createThread(ctx.db, { ...input, authorId: ctx.actor.memberId, now: ctx.clock() }),
    ),
  reply: voiceProcedure
    .use(limited("post"))
    .input(wire.Reply)
    .output(wire.StoredPost)
    .use(withinTrust)
    .mutation(({ ctx, input }) =>
      ctx.db.$transaction((tx) =>
        storePost(tx, { ...input, authorId: ctx.actor.memberId, now: ctx.clock() }),
      ),
    ),
  react: memberProcedure
    .use(limited("react"))
    .input(wire.React)
    .output(wire.Reactions)
    .mutation(({ ctx, input }) => reactToPost(ctx.db, { ...input, memberId: ctx.actor.memberId })),
  edit: voiceProcedure
    .use(limited("edit"))
    .input(wire.EditPost)
    .output(wire.EditedPost)
    .use(withinTrust)
    .mutation(({ ctx, input }) =>
      editPost(ctx.db, { ...input, memberId: ctx.actor.memberId, now: ctx.clock() }),
    ),
  remove: memberProcedure
    .use(limited("edit"))
    .input(wire.OfPost)
    .output(wire.Done)
    .mutation(({ ctx, input }) => removePost(ctx.db, { ...input, memberId: ctx.actor.memberId })),
  accept: memberProcedure
    .use(limited("react"))
    .input(wire.AcceptAnswer)
    .output(wire.Done)
    .mutation(({ ctx, input }) => acceptAnswer(ctx.db, { ...input, actor: ctx.actor })),
};

const own = {
  unread: accountProcedure
    .input(wire.AskUnread)
    .output(wire.UnreadThreads)
    .query(({ ctx, input }) => listUnread(ctx.db, { ...input, memberId: ctx.actor.memberId })),
  markRead: accountProcedure
    .use(limited("draft"))
    .input(wire.MarkRead)
    .output(wire.Done)
    .mutation(({ ctx, input }) =>
      markRead(ctx.db, { ...input, memberId: ctx.actor.memberId, now: ctx.clock() }),
    ),
  followed: accountProcedure
    .input(wire.FollowTarget)
    .output(wire.Followed)
    .query(({ ctx, input }) => readFollow(ctx.db, { of: input, memberId: ctx.actor.memberId })),
  follow: memberProcedure
    .use(limited("subscribe"))
    .input(wire.Follow)
    .output(wire.Followed)
    .mutation(({ ctx, input }) => follow(ctx.db, { ...input, memberId: ctx.actor.memberId })),
  draft: accountProcedure
    .input(wire.AskDraft)
    .output(wire.FoundDraft)
    .query(({ ctx, input }) => findDraft(ctx.db, { ...input, memberId: ctx.actor.memberId })),
  saveDraft: memberProcedure
    .use(limited("draft"))
    .input(wire.SaveDraft)
    .output(wire.SavedDraft)
    .mutation(({ ctx, input }) =>
      saveDraft(ctx.db, { ...input, memberId: ctx.actor.memberId, now: ctx.clock() }),
    ),
  dropDraft: accountProcedure
    .input(wire.AskDraft)
    .output(wire.Done)
    .mutation(({ ctx, input }) => dropDraft(ctx.db, { ...input, memberId: ctx.actor.memberId })),
  names: memberProcedure
    .use(limited("draft"))
    .input(wire.AskNames)
    .output(wire.Names)
    .query(({ ctx, input }) => suggestNames(ctx.db, input)),
};

/** Threads for everyone to read, for members to write in, and for moderators to keep in order. */
export const forumRouter = createRouter({
  ...reading,
  ...writing,
  ...own,
  tools: threadToolsRouter,
});
