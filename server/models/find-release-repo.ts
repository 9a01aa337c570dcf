import type { Db, Prisma } from "../platform/db.ts";
import { isGatedPath } from "../releases/contract.ts";
import { commitOf } from "./commit-of.ts";
import { RELEASES, type Repo, type Revision } from "./contract.ts";

const SHOWN = {
  title: true,
  releases: {
    where: { publishedAt: { not: null } },
    orderBy: { publishedAt: "desc" },
    select: {
      id: true,
      version: true,
      state: true,
      gated: true,
      reason: true,
      publishedAt: true,
      files: { orderBy: { path: "asc" } },
    },
  },
} satisfies Prisma.ModelFamilySelect;

type Row = Prisma.ModelFamilyGetPayload<{ select: typeof SHOWN }>["releases"][number];

/** A model as the repository `releases/NAME`: each release is a tag, and `main` the newest that was not taken back. */
export async function findReleaseRepo(db: Db, name: string): Promise<Repo | null> {
  const family = await db.modelFamily.findUnique({ where: { id: name }, select: SHOWN });
  if (family === null || family.releases.length === 0) {
    return null;
  }
  const id = `${RELEASES}/${name}`;
  const revisions = family.releases.map((row) => toRevision(id, row));
  const inForce = ({ withdrawn }: Revision) => (withdrawn === null ? 0 : 1);
  return {
    id,
    title: family.title,
    page: `/models/${name}`,
    revisions: revisions.toSorted((a, b) => inForce(a) - inForce(b)),
  };
}

function toRevision(repo: string, row: Row): Revision {
  const files = row.files.map(({ path, size, sha256 }) => ({
    ...{ path, size: Number(size), sha256 },
    gated: row.gated && isGatedPath(path),
  }));
  return {
    name: row.version,
    commit: commitOf(repo, row.version, files),
    title: `Release ${row.version}`,
    subjectId: row.id,
    kind: "tag",
    withdrawn:
      row.state === "yanked"
        ? `Release ${row.version} was taken back: ${row.reason ?? ""} Use another release of ${repo}.`
        : null,
    createdAt: row.publishedAt?.getTime() ?? 0,
    files,
  };
}
