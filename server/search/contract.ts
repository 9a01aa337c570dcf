import { z } from "zod";

const MOST_CHARACTERS = 200;

/** `in:`, `by:`, `tag:`, `before:` and `after:` may stand anywhere among the words. */
export const SearchQuery = z.object({
  q: z.string().trim().min(1).max(MOST_CHARACTERS),
  limit: z.int().min(1).max(50).default(20),
  next: z.int().positive().optional(),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

export const FoundDocument = z.object({
  number: z.int(),
  kind: z.string(),
  subjectId: z.string(),
  title: z.string(),
  excerpt: z.string(),
  url: z.string(),
  createdAt: z.number(),
});
export type FoundDocument = z.infer<typeof FoundDocument>;

/** Newest first; `next` is the number after which the list goes on. */
export const FoundDocuments = z.object({
  found: z.array(FoundDocument),
  next: z.int().nullable(),
});
export type FoundDocuments = z.infer<typeof FoundDocuments>;
