import { z } from "zod";

/** One file of a revision. */
export const RepoFile = z.object({ path: z.string(), size: z.number(), sha256: z.string() });
export type RepoFile = z.infer<typeof RepoFile>;

/** A public checkpoint as a revision of its run's repository. Its commit is derived from its files and never changes. */
export const Revision = z.object({
  name: z.string(),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  step: z.number(),
  createdAt: z.number(),
  files: z.array(RepoFile),
});
export type Revision = z.infer<typeof Revision>;

/** A run with public checkpoints, under the name that download clients use: project/run. Newest revision first. */
export const Repo = z.object({
  id: z.string(),
  title: z.string(),
  revisions: z.array(Revision).min(1),
});
export type Repo = z.infer<typeof Repo>;
