// How revisions and files are written for the clients of model hubs. Every file is presented as one of large-file
// storage, so that the SHA-256 which is its ETag here is also the identity that clients keep it under.
import type { Repo, RepoFile, Revision } from "../models/contract.ts";

const OID_LENGTH = 40;
/** Bytes of a large-file pointer; clients read the field and do nothing with it. */
const POINTER_BYTES = 135;

export function describeFile({ path, size, sha256 }: RepoFile) {
  return {
    type: "file",
    path,
    size,
    oid: sha256.slice(0, OID_LENGTH),
    lfs: { oid: sha256, size, pointerSize: POINTER_BYTES },
  };
}

/** With who committed it last, for clients that ask to expand. */
export function describeExpanded(file: RepoFile, revision: Revision) {
  return {
    ...describeFile(file),
    lastCommit: {
      id: revision.commit,
      title: revision.title,
      date: new Date(revision.createdAt).toISOString(),
    },
    securityFileStatus: null,
  };
}

export function describeModel(repo: Repo, revision: Revision) {
  const date = (at: number) => new Date(at).toISOString();
  return {
    _id: revision.commit.slice(0, 24),
    id: repo.id,
    modelId: repo.id,
    author: repo.id.split("/")[0],
    sha: revision.commit,
    lastModified: date(revision.createdAt),
    createdAt: date(repo.revisions.at(-1)?.createdAt ?? revision.createdAt),
    private: false,
    gated: revision.files.some((file) => file.gated) ? "auto" : false,
    disabled: false,
    downloads: 0,
    likes: 0,
    tags: ["cpmant", "safetensors"],
    pipeline_tag: "text-generation",
    library_name: "cpm-live",
    siblings: revision.files.map(({ path, size, sha256 }) => ({
      rfilename: path,
      size,
      blobId: sha256.slice(0, OID_LENGTH),
      lfs: { sha256, size, pointerSize: POINTER_BYTES },
    })),
    spaces: [],
  };
}

export function describeRefs({ revisions }: Repo) {
  const branch = (name: string, targetCommit: string) => ({
    name,
    ref: `refs/heads/${name}`,
    targetCommit,
  });
  const ofKind = (kind: Revision["kind"]) => revisions.filter((one) => one.kind === kind);
  const [newest] = revisions;
  return {
    branches: [
      ...(newest === undefined ? [] : [branch("main", newest.commit)]),
      ...ofKind("branch").map(({ name, commit }) => branch(name, commit)),
    ],
    tags: ofKind("tag").map(({ name, commit }) => ({
      name,
      ref: `refs/tags/${name}`,
      targetCommit: commit,
    })),
    converts: [],
  };
}
