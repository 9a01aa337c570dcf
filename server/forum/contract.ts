import { z } from "zod";

/** The plan's four, and what the team has to say. Discussions of other things stand under the kind of thing. */
export const CATEGORIES = [
  "academic",
  "engineering",
  "tools",
  "applications",
  "announcements",
] as const;
const Category = z.enum(CATEGORIES);
export type Category = z.infer<typeof Category>;
export const isCategory = (text: string): text is Category =>
  (CATEGORIES as readonly string[]).includes(text);

const Tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{0,29}$/u, "A tag is letters, digits and dashes.");

export const MOST_CHARACTERS = 40_000;
const Body = z.string().trim().min(1, "Write something first.").max(MOST_CHARACTERS);
const Title = z.string().trim().min(3, "A title has at least 3 characters.").max(200);

export const NewPost = z.object({
  body: Body,
  /** Made by the browser once per text: sending it twice stores it once. */
  sendKey: z.string().min(8).max(64).optional(),
});
export type NewPost = z.infer<typeof NewPost>;

export const NewThread = NewPost.extend({
  category: Category,
  title: Title,
  tags: z.array(Tag).max(5, "At most five tags.").default([]),
  question: z.boolean().default(false),
});
export type NewThread = z.infer<typeof NewThread>;

const Author = z.object({
  id: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  roles: z.array(z.string()),
  trust: z.int(),
  deleted: z.boolean(),
});
export type Author = z.infer<typeof Author>;

/** Where a list of threads goes on: the last thread that was shown. */
const ThreadPlace = z.object({ at: z.int(), id: z.int() });
export type ThreadPlace = z.infer<typeof ThreadPlace>;

export const ListThreads = z.object({
  category: Category.optional(),
  tag: z.string().max(30).optional(),
  /** Questions that have no accepted answer yet. */
  unanswered: z.boolean().default(false),
  /** `active`: those last written in first. */
  sort: z.enum(["active", "newest"]).default("active"),
  limit: z.int().min(1).max(50).default(30),
  next: ThreadPlace.optional(),
});
export type ListThreads = z.infer<typeof ListThreads>;

const ThreadItem = z.object({
  id: z.int(),
  category: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  question: z.boolean(),
  answered: z.boolean(),
  pinned: z.boolean(),
  locked: z.boolean(),
  replies: z.int(),
  people: z.int(),
  lastNumber: z.int(),
  /** How far the asking member has read; null when never, or for a visitor. */
  readTo: z.int().nullable(),
  author: Author,
  createdAt: z.number(),
  bumpedAt: z.number(),
});
export type ThreadItem = z.infer<typeof ThreadItem>;
export const ThreadList = z.object({
  /** Stand above the first page of a list; not repeated in it. */
  pinned: z.array(ThreadItem),
  threads: z.array(ThreadItem),
  next: ThreadPlace.nullable(),
});
export type ThreadList = z.infer<typeof ThreadList>;

export const ReadThread = z.object({
  id: z.int().positive(),
  /** The first post to show. */
  from: z.int().positive().default(1),
  limit: z.int().min(1).max(50).default(30),
});
export type ReadThread = z.infer<typeof ReadThread>;

const REACTIONS = ["helpful", "agree", "same", "thanks"] as const;
const ReactionKind = z.enum(REACTIONS);
export type ReactionKind = z.infer<typeof ReactionKind>;

const ShownPost = z.object({
  id: z.int(),
  number: z.int(),
  author: Author,
  /** Empty when a moderator has hidden the post, or its author has taken it away. */
  body: z.string(),
  state: z.enum(["visible", "hidden", "removed"]),
  edits: z.int(),
  editedAt: z.number().nullable(),
  reactions: z.record(z.string(), z.int()),
  /** The asking member's own. */
  mine: z.array(z.string()),
  createdAt: z.number(),
});
export type ShownPost = z.infer<typeof ShownPost>;

const FollowLevel = z.enum(["watching", "muted"]);
export type FollowLevel = z.infer<typeof FollowLevel>;

/** A thread and a stretch of its posts; `next` is the number at which the next stretch begins. */
export const ThreadPage = ThreadItem.extend({
  /** What the thread discusses, where it is not the forum's own. */
  subject: z.object({ kind: z.string(), id: z.string() }).nullable(),
  /** Where the thread went when it was merged; it has no posts then. */
  mergedInto: z.int().nullable(),
  answer: z.object({ id: z.int(), number: z.int() }).nullable(),
  follow: FollowLevel.nullable(),
  posts: z.array(ShownPost),
  next: z.int().nullable(),
  /** Where the stretch before this one begins. */
  previous: z.int().nullable(),
});
export type ThreadPage = z.infer<typeof ThreadPage>;

export const Reply = NewPost.extend({ threadId: z.int().positive() });
export const StoredPost = z.object({
  id: z.int(),
  threadId: z.int(),
  /** 0 while the post is held. */
  number: z.int(),
  /** A moderator looks at it before everyone does. */
  held: z.boolean(),
});
export type StoredPost = z.infer<typeof StoredPost>;
export const React = z.object({
  postId: z.int().positive(),
  kind: ReactionKind,
  on: z.boolean(),
});
export const Reactions = z.record(z.string(), z.int());

export const EditPost = z.object({
  postId: z.int().positive(),
  body: Body,
  /** The thread's, with its first post only. */
  title: Title.optional(),
  tags: z.array(Tag).max(5).optional(),
  /** How often the post had been edited when the editor was opened. */
  edits: z.int().min(0),
});
export type EditPost = z.infer<typeof EditPost>;
export const EditedPost = z.object({ edits: z.int() });

export const OfPost = z.object({ postId: z.int().positive() });
/** Every text that a post has had, oldest first; the last is what it says now. */
export const PostHistory = z.object({
  threadId: z.int(),
  threadTitle: z.string(),
  number: z.int(),
  author: Author,
  texts: z.array(
    z.object({ title: z.string().nullable(), body: z.string(), writtenAt: z.number() }),
  ),
});
export type PostHistory = z.infer<typeof PostHistory>;

/** A post as it was written, for quoting and editing. */
export const PostSource = z.object({ body: z.string(), edits: z.int(), number: z.int() });
export const PostPlace = z.object({ threadId: z.int(), number: z.int() });

export const AcceptAnswer = z.object({ postId: z.int().positive(), on: z.boolean() });

export const MarkRead = z.object({ threadId: z.int().positive(), readTo: z.int().positive() });
export const Done = z.object({ done: z.literal(true) });

export const FollowTarget = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("thread"), target: z.string().regex(/^\d{1,9}$/) }),
  z.object({ kind: z.literal("category"), target: Category }),
  z.object({ kind: z.literal("tag"), target: Tag }),
]);
export type FollowTarget = z.infer<typeof FollowTarget>;
export const Followed = z.object({ level: FollowLevel.nullable() });
export const Follow = z.object({ of: FollowTarget, level: FollowLevel.nullable() });
export type Follow = z.infer<typeof Follow>;

/** What a draft is for: `new`, `thread:12`, `edit:345`. */
const DraftPlace = z.string().regex(/^(?:new|thread:\d{1,9}|edit:\d{1,9})$/);
export const AskDraft = z.object({ place: DraftPlace });
const DraftText = z.object({
  title: z.string().max(200).default(""),
  body: z.string().max(MOST_CHARACTERS),
  extra: z.record(z.string(), z.string().max(200)).default({}),
});
export const Draft = DraftText.extend({ version: z.int(), updatedAt: z.number() });
export type Draft = z.infer<typeof Draft>;
export const FoundDraft = z.object({ draft: Draft.nullable() });
export const SaveDraft = DraftText.extend({
  place: DraftPlace,
  /** The version that this browser last saw; 0 before the first. Another device may have written since. */
  version: z.int().min(0),
});
export type SaveDraft = z.infer<typeof SaveDraft>;
export const SavedDraft = z.object({ version: z.int() });

export const AskNames = z.object({
  start: z.string().regex(/^[a-z0-9-]{1,39}$/i),
  threadId: z.int().positive().optional(),
});
export type AskNames = z.infer<typeof AskNames>;
export const Names = z.object({ names: z.array(z.string()) });

export const AskUnread = z.object({ limit: z.int().min(1).max(50).default(20) });
export const UnreadThreads = z.object({ threads: z.array(ThreadItem) });
export type UnreadThreads = z.infer<typeof UnreadThreads>;

export const AskCiting = z.object({
  runId: z.string().max(64),
  from: z.number().int().min(0).optional(),
  to: z.number().int().min(0).optional(),
});
export type AskCiting = z.infer<typeof AskCiting>;
export const CitingThreads = z.object({
  citing: z.array(
    z.object({
      threadId: z.int(),
      title: z.string(),
      postNumber: z.int(),
      author: Author,
      replies: z.int(),
      from: z.number(),
      /** Null: the citation has no end. */
      to: z.number().nullable(),
      createdAt: z.number(),
    }),
  ),
});
export type CitingThreads = z.infer<typeof CitingThreads>;

const Reason = z.string().trim().min(3, "Give a reason that everyone can read.").max(500);
const OfThread = z.object({ threadId: z.int().positive(), reason: Reason });
export const PinThread = OfThread.extend({ on: z.boolean() });
export const LockThread = OfThread.extend({ on: z.boolean() });
export const MoveThread = OfThread.extend({ category: Category });
export const SplitThread = OfThread.extend({
  numbers: z.array(z.int().positive()).min(1).max(200),
  title: Title,
  category: Category,
});
export type SplitThread = z.infer<typeof SplitThread>;
export const MergeThread = OfThread.extend({ intoId: z.int().positive() });
export type MergeThread = z.infer<typeof MergeThread>;
export const ThreadMoved = z.object({ threadId: z.int() });

/** NOTIFY channel that tells of a thread's new and changed posts; the payload is the thread's number. */
export const FORUM_CHANNEL = "forum_thread";
