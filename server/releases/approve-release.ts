import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import { licenceTexts } from "../licences/licence-texts.ts";
import type { Blobs } from "../platform/blobs.ts";
import type { Prisma } from "../platform/db.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { announceRelease } from "./announce-release.ts";
import { type DecideRelease, type FormatFigures, Prose } from "./contract.ts";
import { indexRelease } from "./index-release.ts";
import { keepText } from "./keep-text.ts";
import { type LockedRelease, lockRelease } from "./lock-release.ts";
import { readCard } from "./read-card.ts";
import { refuse } from "./refuse.ts";
import { TEXTS } from "./release-texts.ts";
import { writeCard } from "./write-card.ts";

/** The texts are written while the row is locked; a slow disk must not undo it. */
const PATIENCE = { timeout: 60_000 };

type Tools = { db: PrismaClient; pool: Pool; blobs: Blobs };
type Input = { decision: DecideRelease; actor: MemberActor; origin: string; now: number };

/**
 * Publishes a draft whose formats are all built; whoever drafted it cannot. The texts and the list of hashes are written
 * here, and the hash of that list is what acceptances name. The version that was offered before is superseded.
 */
export async function approveRelease(tools: Tools, input: Input): Promise<void> {
  const { decision, actor, now } = input;
  const release = await tools.db.$transaction(async (tx) => {
    const locked = await lockRelease(tx, { id: decision.id, states: ["draft"] });
    if (locked.authorId === actor.memberId) {
      throw refuse("own-release");
    }
    await requireBuilt(tx, locked.id);
    const manifestSha256 = await writeTexts(tools, tx, { release: locked, origin: input.origin });
    const older = await tx.release.findFirst({
      where: { familyId: locked.familyId, state: "published" },
      select: { id: true, version: true },
    });
    if (older !== null) {
      await tx.release.update({ where: { id: older.id }, data: { state: "superseded" } });
    }
    await tx.release.update({
      where: { id: locked.id },
      data: {
        ...{ state: "published", manifestSha256 },
        ...{ approvedById: actor.memberId, publishedAt: new Date(now) },
      },
    });
    await indexRelease(tx, { release: locked, now });
    await recordDecision(tx, {
      kind: "release.publish",
      subject: { type: "release", id: locked.id },
      actorId: actor.memberId,
      reason: decision.reason,
      data: {
        model: locked.familyId,
        version: locked.version,
        manifest: manifestSha256,
        supersedes: older?.version ?? null,
      },
      now,
    });
    return locked;
  }, PATIENCE);
  await announceRelease(tools, { release, now });
}

async function requireBuilt(tx: Prisma.TransactionClient, releaseId: string): Promise<void> {
  const formats = await tx.releaseFormat.findMany({
    where: { releaseId },
    select: { state: true },
  });
  if (formats.length === 0 || formats.some(({ state }) => state !== "done")) {
    throw refuse("not-built");
  }
}

type Written = { release: LockedRelease; origin: string };

/** README, licence, risks and SHA256SUMS, as files of the release. Returns the hash of the sums. */
async function writeTexts(
  { pool, blobs }: Tools,
  tx: Prisma.TransactionClient,
  { release, origin }: Written,
): Promise<string> {
  const [en, zh] = await Promise.all([licenceTexts("en"), licenceTexts("zh")]);
  const card = await cardOf({ pool }, tx, { release, origin });
  const texts: [path: string, text: string][] = [
    [TEXTS.card, card],
    [TEXTS.licence.en, en.licence.markdown],
    [TEXTS.licence.zh, zh.licence.markdown],
    [TEXTS.risks.en, en.risks.markdown],
    [TEXTS.risks.zh, zh.risks.markdown],
  ];
  for (const text of texts) {
    await addText(blobs, tx, { releaseId: release.id, text });
  }
  const files = await tx.releaseFile.findMany({
    where: { releaseId: release.id },
    orderBy: { path: "asc" },
  });
  const sums = files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join("");
  return await addText(blobs, tx, { releaseId: release.id, text: [TEXTS.sums, sums] });
}

async function addText(
  blobs: Blobs,
  tx: Prisma.TransactionClient,
  { releaseId, text: [path, text] }: { releaseId: string; text: [string, string] },
): Promise<string> {
  const { sha256, size } = await keepText(blobs, text);
  const file = { sha256, size: BigInt(size), format: null };
  await tx.releaseFile.upsert({
    where: { releaseId_path: { releaseId, path } },
    create: { releaseId, path, ...file },
    update: file,
  });
  return sha256;
}

async function cardOf(
  { pool }: Pick<Tools, "pool">,
  tx: Prisma.TransactionClient,
  { release, origin }: Written,
): Promise<string> {
  const row = await tx.release.findUniqueOrThrow({
    where: { id: release.id },
    select: {
      prose: true,
      family: { select: { title: true } },
      checkpoint: { select: { step: true } },
      formats: { select: { name: true, figures: true } },
    },
  });
  return writeCard({
    title: row.family.title,
    version: release.version,
    origin,
    family: release.familyId,
    step: Number(row.checkpoint.step),
    card: await readCard({ db: tx, pool }, { checkpointId: release.checkpointId, before: null }),
    prose: Prose.parse(row.prose),
    formats: row.formats.map(({ name, figures }) => ({
      name,
      figures: figures as FormatFigures | null,
    })),
  });
}
