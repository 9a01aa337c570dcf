import { z } from "zod";

/** The plan's four, and what the team has to say. Discussions of other things stand under the kind of thing. */
export const CATEGORIES = [
  "academic",
  "engineering",
  "tools",
  "applications",
  "announcements",
] as const;
export const Category = z.enum(CATEGORIES);
export type Category = z.infer<typeof Category>;

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
