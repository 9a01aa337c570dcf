import { z } from "zod";

/** The plan's four, and what the team has to say. Discussions of other things stand under the kind of thing. */
const CATEGORIES = ["academic", "engineering", "tools", "applications", "announcements"] as const;
const Category = z.enum(CATEGORIES);

const Tag = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{0,29}$/u, "A tag is letters, digits and dashes.");

export const NewPost = z.object({
  body: z.string().trim().min(1).max(40_000),
  /** Made by the browser once per text: sending it twice stores it once. */
  sendKey: z.string().min(8).max(64).optional(),
});
export type NewPost = z.infer<typeof NewPost>;

export const NewThread = NewPost.extend({
  category: Category,
  title: z.string().trim().min(3).max(200),
  tags: z.array(Tag).max(5).default([]),
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

/** Where a list of threads goes on: the last thread that was shown. */
const ThreadPlace = z.object({ at: z.int(), id: z.int() });

export const ListThreads = z.object({
  category: Category.optional(),
  tag: z.string().max(30).optional(),
  /** Questions that have no accepted answer yet. */
  unanswered: z.boolean().default(false),
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
  locked: z.boolean(),
  replies: z.int(),
  people: z.int(),
  author: Author,
  createdAt: z.number(),
  bumpedAt: z.number(),
});
export const ThreadList = z.object({
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

const ShownPost = z.object({
  id: z.int(),
  number: z.int(),
  author: Author,
  body: z.string(),
  edits: z.int(),
  editedAt: z.number().nullable(),
  reactions: z.record(z.string(), z.int()),
  createdAt: z.number(),
});

/** A thread and a stretch of its posts; `next` is the number at which the next stretch begins. */
export const ThreadPage = ThreadItem.extend({
  posts: z.array(ShownPost),
  next: z.int().nullable(),
});
export type ThreadPage = z.infer<typeof ThreadPage>;

export const Reply = NewPost.extend({ threadId: z.int().positive() });
export const StoredPost = z.object({ id: z.int(), threadId: z.int(), number: z.int() });
export const React = z.object({
  postId: z.int().positive(),
  kind: z.enum(["helpful", "agree", "same", "thanks"]),
  on: z.boolean(),
});
export const Reactions = z.record(z.string(), z.int());

export const EditPost = z.object({
  postId: z.int().positive(),
  body: NewPost.shape.body,
  /** How often the post had been edited when the editor was opened. */
  edits: z.int().min(0),
});
export type EditPost = z.infer<typeof EditPost>;
export const EditedPost = z.object({ edits: z.int() });

export const OfPost = z.object({ postId: z.int().positive() });
/** Every text that a post has had, oldest first; the last is what it says now. */
export const PostHistory = z.object({
  texts: z.array(z.object({ body: z.string(), writtenAt: z.number() })),
});
export type PostHistory = z.infer<typeof PostHistory>;
