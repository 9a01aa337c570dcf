import { recordDecision } from "../decisions/record-decision.ts";
import type { Prisma } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { enqueue } from "../platform/jobs.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { buildQueue } from "./build-queue.ts";
import { type DraftRelease, Prose } from "./contract.ts";
import { refuse } from "./refuse.ts";

type Input = { draft: DraftRelease; memberId: string; now: number };

/** What every format is made from. */
export const NEEDED = ["model.safetensors", "config.json", "vocab.txt"];

/** Makes a checkpoint the draft of a release, and asks for its formats to be built. Returns the release's identifier. */
export async function draftRelease(
  db: PrismaClient,
  { draft, memberId, now }: Input,
): Promise<string> {
  const id = newId("rel");
  const formats = [...new Set(draft.formats)];
  await db.$transaction(async (tx) => {
    await requireWeights(tx, draft.checkpointId);
    await insert(tx, { id, draft, memberId, now });
    await tx.releaseFormat.createMany({ data: formats.map((name) => ({ releaseId: id, name })) });
    for (const format of formats) {
      await enqueue(tx, buildQueue, { data: { releaseId: id, format } });
    }
    await recordDecision(tx, {
      kind: "release.draft",
      subject: { type: "release", id },
      actorId: memberId,
      reason: `${draft.family} ${draft.version} was drafted.`,
      data: {
        model: draft.family,
        version: draft.version,
        checkpoint: draft.checkpointId,
        formats,
      },
      now,
    });
  });
  return id;
}

async function insert(
  tx: Prisma.TransactionClient,
  { id, draft, memberId, now }: Input & { id: string },
): Promise<void> {
  const family = await tx.modelFamily.findUnique({
    where: { id: draft.family },
    select: { id: true },
  });
  if (family === null) {
    throw refuse("no-model");
  }
  const made = await tx.release.createMany({
    data: {
      id,
      familyId: draft.family,
      version: draft.version,
      checkpointId: draft.checkpointId,
      gated: draft.gated,
      authorId: memberId,
      createdAt: new Date(now),
      prose: Prose.parse({}),
    },
    skipDuplicates: true,
  });
  if (made.count === 0) {
    throw refuse("version-taken");
  }
}

async function requireWeights(tx: Prisma.TransactionClient, id: string): Promise<void> {
  const checkpoint = await tx.checkpoint.findUnique({
    where: { id },
    select: { completedAt: true, files: { select: { name: true } } },
  });
  if (checkpoint === null || checkpoint.completedAt === null) {
    throw refuse("no-checkpoint");
  }
  const names = checkpoint.files.map(({ name }) => name);
  if (!NEEDED.every((name) => names.includes(name))) {
    throw refuse("no-weights");
  }
}
