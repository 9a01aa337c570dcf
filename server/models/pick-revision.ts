import type { Repo, Revision } from "./contract.ts";

/** What clients ask for when they name nothing. */
const NEWEST = new Set(["main", "HEAD", "refs/heads/main"]);

/** The revision of a name or a commit id; `main` is the newest checkpoint. Null when there is none. */
export function pickRevision({ revisions }: Repo, asked: string): Revision | null {
  if (NEWEST.has(asked)) {
    return revisions[0] ?? null;
  }
  const name = asked.replace(/^refs\/(?:heads|tags)\//, "").replace(/^step-0*(?=\d)/, "step");
  return revisions.find((revision) => revision.name === name || revision.commit === asked) ?? null;
}
