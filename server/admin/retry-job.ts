import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import { AppError } from "../platform/errors.ts";
import { jobsBoss } from "../platform/jobs.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";

type Retry = { id: string; queue: string; reason: string; actor: MemberActor; now: number };

/** Gives a job that was given up another try. */
export async function retryJob(
  db: PrismaClient,
  { id, queue, reason, actor, now }: Retry,
): Promise<void> {
  const boss = await jobsBoss();
  await db.$transaction(async (tx) => {
    const found = await tx.$queryRaw<{ id: string }[]>`
      select id::text from pgboss.job where id = ${id}::uuid and name = ${queue} and state = 'failed' for update`;
    if (found.length === 0) {
      throw new AppError("not_found", "No such job was given up. Load the page again.");
    }
    await recordDecision(tx, {
      ...{ kind: "job.retry", subject: { type: "job", id }, actorId: actor.memberId, reason, now },
      data: { queue },
    });
  });
  await boss.retry(queue, id);
}
