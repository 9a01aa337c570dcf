import type { Db, Prisma } from "../platform/db.ts";
import { commitOf } from "./commit-of.ts";
import type { Repo, Revision } from "./contract.ts";

type Input = { project: string; name: string };

const SHOWN = {
  name: true,
  checkpoints: {
    where: { completedAt: { not: null } },
    orderBy: [{ attempt: "desc" }, { step: "desc" }],
    select: {
      attempt: true,
      step: true,
      completedAt: true,
      files: { select: { name: true, size: true, sha256: true }, orderBy: { name: "asc" } },
    },
  },
} satisfies Prisma.RunSelect;

type Row = Prisma.RunGetPayload<{ select: typeof SHOWN }>["checkpoints"][number];

/**
 * The repository of a run, or null when there is none. A checkpoint is the revision `stepN`; where two attempts have
 * the same step the newer one bears the name and the older one is `stepN-attemptM`.
 */
export async function findRepo(db: Db, { project, name }: Input): Promise<Repo | null> {
  const run = await db.run.findFirst({ where: { id: name, projectId: project }, select: SHOWN });
  if (run === null || run.checkpoints.length === 0) {
    return null;
  }
  const id = `${project}/${name}`;
  const taken = new Set<string>();
  const revisions = run.checkpoints.map((row) => toRevision(id, row, taken));
  return { id, title: run.name, revisions };
}

function toRevision(repo: string, row: Row, taken: Set<string>): Revision {
  const plain = `step${row.step}`;
  const name = taken.has(plain) ? `${plain}-attempt${row.attempt}` : plain;
  taken.add(plain);
  const files = row.files.map((file) => ({
    path: file.name,
    size: Number(file.size),
    sha256: file.sha256,
  }));
  return {
    name,
    // The attempt tells two checkpoints of one step apart even where their files agree.
    commit: commitOf(repo, `${plain}/${row.attempt}`, files),
    step: Number(row.step),
    createdAt: row.completedAt?.getTime() ?? 0,
    files,
  };
}
