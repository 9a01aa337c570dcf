import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import { enqueue } from "../platform/jobs.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { buildQueue } from "./build-queue.ts";
import type { Format, SaveProse } from "./contract.ts";
import { lockRelease } from "./lock-release.ts";
import { refuse } from "./refuse.ts";

/** Keeps what was written about a release. Of a published one the change stands in the public log. */
export async function saveProse(
  db: PrismaClient,
  { text, actor, now }: { text: SaveProse; actor: MemberActor; now: number },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { id, prose } = text;
    const states = ["draft", "published", "superseded"] as const;
    const release = await lockRelease(tx, { id, states });
    await tx.release.update({ where: { id }, data: { prose } });
    if (release.state !== "draft") {
      await recordDecision(tx, {
        kind: "release.describe",
        subject: { type: "release", id },
        actorId: actor.memberId,
        reason: `The description of ${release.familyId} ${release.version} was changed.`,
        now,
      });
    }
  });
}

/** A building that has not ended after this long is taken for dead. */
const LONGEST_BUILD_MS = 3_600_000;

type OneFormat = { id: string; format: Format };

/** Builds a format again that failed, or whose building was cut off. */
export async function retryFormat(
  db: PrismaClient,
  { id, format, now }: OneFormat & { now: number },
): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockRelease(tx, { id, states: ["draft"] });
    const again = await tx.releaseFormat.updateMany({
      where: {
        releaseId: id,
        name: format,
        OR: [
          { state: "failed" },
          { state: "building", startedAt: { lt: new Date(now - LONGEST_BUILD_MS) } },
        ],
      },
      data: { state: "waiting", progress: 0, message: null, stage: null },
    });
    if (again.count === 0) {
      throw refuse("wrong-state");
    }
    await enqueue(tx, buildQueue, { data: { releaseId: id, format } });
  });
}

/** Takes a format out of a draft; one stays. */
export async function dropFormat(db: PrismaClient, { id, format }: OneFormat): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockRelease(tx, { id, states: ["draft"] });
    await tx.releaseFile.deleteMany({ where: { releaseId: id, format } });
    await tx.releaseFormat.deleteMany({ where: { releaseId: id, name: format } });
    if ((await tx.releaseFormat.count({ where: { releaseId: id } })) === 0) {
      throw refuse("last-format");
    }
  });
}
