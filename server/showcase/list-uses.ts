import type { Db } from "../platform/db.ts";

type Use = { id: string; name: string };
const MOST = 50;

/** Releases, and the newest public checkpoints of every run: what an application may name as what it runs on. */
export async function listUses(db: Db): Promise<Use[]> {
  const [releases, checkpoints] = await Promise.all([
    db.release.findMany({
      where: { state: { in: ["published", "superseded"] } },
      orderBy: { publishedAt: "desc" },
      take: MOST,
      select: { id: true, version: true, family: { select: { title: true } } },
    }),
    db.checkpoint.findMany({
      where: { completedAt: { not: null } },
      orderBy: { completedAt: "desc" },
      take: MOST,
      select: { id: true, step: true, run: { select: { name: true } } },
    }),
  ]);
  return [
    ...releases.map(({ id, version, family }) => ({
      id: `release:${id}`,
      name: `${family.title} ${version}`,
    })),
    ...checkpoints.map(({ id, step, run }) => ({
      id: `checkpoint:${id}`,
      name: `${run.name} · ${step}`,
    })),
  ];
}

/** The name of what was chosen; undefined when it is not public. */
export async function nameUse(db: Db, usesId: string): Promise<string | undefined> {
  const [kind, id] = usesId.split(":");
  if (kind === "release") {
    const found = await db.release.findFirst({
      where: { id: id ?? "", state: { in: ["published", "superseded"] } },
      select: { version: true, family: { select: { title: true } } },
    });
    return found === null ? undefined : `${found.family.title} ${found.version}`;
  }
  const found = await db.checkpoint.findFirst({
    where: { id: id ?? "", completedAt: { not: null } },
    select: { step: true, run: { select: { name: true } } },
  });
  return found === null ? undefined : `${found.run.name} · ${found.step}`;
}
