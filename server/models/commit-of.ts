import { createHash } from "node:crypto";
import type { RepoFile } from "./contract.ts";

/** Length of a Git commit id, which download clients expect. */
const COMMIT_LENGTH = 40;

/** The id of a revision: the same repository, name and files give the same id, anything else another. */
export function commitOf(repo: string, name: string, files: RepoFile[]): string {
  const listed = files
    .map(({ path, size, sha256 }) => [path, size, sha256] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const manifest = JSON.stringify([repo, name, listed]);
  return createHash("sha256").update(manifest).digest("hex").slice(0, COMMIT_LENGTH);
}
