import type { Db, Prisma } from "../platform/db.ts";
import { type CheckpointGate, GATING, isGatedFile } from "./checkpoint-gate.ts";
import { commitOf } from "./commit-of.ts";
import type { Repo, Revision } from "./contract.ts";

type Input = { project: string; name: string; gate: CheckpointGate };

const SHOWN = {
  name: true,
  checkpoints: {
    where: { completedAt: { not: null } },
    orderBy: [{ attempt: "desc" }, { step: "desc" }],
    select: {
      id: true,
      releases: GATING,
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
export async function findRepo(db: Db, { project, name, gate }: Input): Promise<Repo | null> {
  const run = await db.run.findFirst({ where: { id: name, projectId: project }, select: SHOWN });
  if (run === null || run.checkpoints.length === 0) {
    return null;
  }
  const id = `${project}/${name}`;
  const taken = new Set<string>();
  const revisions = run.checkpoints.map((row) => toRevision({ repo: id, gate }, row, taken));
  const family = run.checkpoints.flatMap(({ releases }) => releases)[0]?.familyId;
  const page = family === undefined ? "/models" : `/models/${family}`;
  return { id, title: run.name, page, revisions };
}

type Within = { repo: string; gate: CheckpointGate };

function toRevision({ repo, gate }: Within, row: Row, taken: Set<string>): Revision {
  const plain = `step${row.step}`;
  const name = taken.has(plain) ? `${plain}-attempt${row.attempt}` : plain;
  taken.add(plain);
  const files = row.files.map((file) => ({
    path: file.name,
    size: Number(file.size),
    sha256: file.sha256,
    gated: isGatedFile(gate, { name: file.name, releases: row.releases }),
  }));
  return {
    name,
    // The attempt tells two checkpoints of one step apart even where their files agree.
    commit: commitOf(repo, `${plain}/${row.attempt}`, files),
    title: `Checkpoint of step ${row.step}`,
    subjectId: row.id,
    kind: "branch",
    withdrawn: null,
    createdAt: row.completedAt?.getTime() ?? 0,
    files,
  };
}
