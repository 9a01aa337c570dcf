import { z } from "zod";

/** The namespace of models with releases; every other one is a project with its runs. (Clients refuse `models/…`.) */
export const RELEASES = "releases";

/** One file of a revision. */
export const RepoFile = z.object({
  path: z.string(),
  size: z.number(),
  sha256: z.string(),
  /** Given to those only who accepted the licence. */
  gated: z.boolean(),
});
export type RepoFile = z.infer<typeof RepoFile>;

/** A public checkpoint or a release as a revision of a repository. Its commit is derived from its files and never changes. */
export const Revision = z.object({
  name: z.string(),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  title: z.string(),
  /** The checkpoint's or the release's identifier. */
  subjectId: z.string(),
  /** A name for ever, or one of a branch. */
  kind: z.enum(["branch", "tag"]),
  /** Why its files are given to nobody; null for all that are not taken back. */
  withdrawn: z.string().nullable(),
  createdAt: z.number(),
  files: z.array(RepoFile),
});
export type Revision = z.infer<typeof Revision>;

/** What download clients call a repository: a run with its checkpoints, or a model with its releases. Newest revision first. */
export const Repo = z.object({
  id: z.string(),
  title: z.string(),
  /** The page where its licence is accepted, without the language. */
  page: z.string(),
  revisions: z.array(Revision).min(1),
});
export type Repo = z.infer<typeof Repo>;
