import type { Db } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { PublishCheckpoint, PublishedDraft } from "./contract.ts";
import { draftRelease } from "./draft-release.ts";
import { refuse } from "./refuse.ts";

type Input = { family: string; asked: PublishCheckpoint; memberId: string; now: number };

/** Drafts a release of the newest public checkpoint that has these weights; without a version, of the next one. */
export async function draftByWeights(
  db: PrismaClient,
  { family, asked, memberId, now }: Input,
): Promise<PublishedDraft> {
  const found = await db.checkpoint.findFirst({
    where: {
      completedAt: { not: null },
      files: { some: { name: "model.safetensors", sha256: asked.weightsSha256 } },
    },
    orderBy: { completedAt: "desc" },
    select: { id: true },
  });
  if (found === null) {
    throw refuse("no-checkpoint");
  }
  const version = asked.version ?? (await nextVersion(db, family));
  const { formats } = asked;
  const draft = { family, version, checkpointId: found.id, formats, gated: true };
  const id = await draftRelease(db, { draft, memberId, now });
  return { id, version, url: `/models/${family}?release=${version}` };
}

/** One minor step after the highest there is. */
async function nextVersion(db: Db, familyId: string): Promise<string> {
  const rows = await db.release.findMany({ where: { familyId }, select: { version: true } });
  const numbers = rows.map(({ version }) => version.split(".").map(Number));
  const major = Math.max(1, ...numbers.map(([first = 1]) => first));
  const minors = numbers.filter(([first]) => first === major).map(([, second = 0]) => second);
  return `${major}.${minors.length === 0 ? 0 : Math.max(...minors) + 1}`;
}
