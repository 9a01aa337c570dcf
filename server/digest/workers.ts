import { z } from "zod";
import { type MailSettings, sendMail } from "../auth/send-mail.ts";
import { defineQueue, enqueue } from "../platform/jobs.ts";
import { portalKey } from "../platform/portal-key.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { lastDue } from "./last-due.ts";
import { type DigestSection, sendDigest } from "./send-digest.ts";

type DigestContext = { db: PrismaClient; dataDir: string; mail: MailSettings; origin: string };

const PLAN = defineQueue({ name: "digest/plan", schema: z.object({}), policy: "short" });
const SEND = defineQueue({
  name: "digest/send",
  schema: z.object({ memberId: z.string() }),
  policy: "short",
});

const BATCH = 500;

/** Looks every hour whose mail is due, so that a portal that was off at six sends them when it is back. */
export function createDigestWorkers(
  { db, dataDir, mail, origin }: DigestContext,
  sections: readonly DigestSection[],
): Worker[] {
  return [
    defineWorker({ queue: PLAN, cron: "2 * * * *", handle: () => planDigests(db, Date.now()) }),
    defineWorker({
      queue: SEND,
      handle: async ({ memberId }) => {
        const send = (message: Parameters<typeof sendMail>[1]) => sendMail(mail, message);
        const tools = { db, key: await portalKey(dataDir), origin, send, sections };
        await sendDigest(tools, { memberId, now: Date.now() });
      },
    }),
  ];
}

/** Enqueues a mail for everyone whose is due. */
export async function planDigests(db: PrismaClient, now: number): Promise<void> {
  for (let after = ""; ; ) {
    const due = await db.member.findMany({
      where: {
        ...{ id: { gt: after }, deletedAt: null, emailVerifiedAt: { not: null } },
        OR: (["daily", "weekly"] as const).map((digest) => ({
          digest,
          OR: [{ digestSentAt: null }, { digestSentAt: { lt: lastDue(digest, now) } }],
        })),
      },
      orderBy: { id: "asc" },
      take: BATCH,
      select: { id: true },
    });
    for (const { id } of due) {
      await enqueue(db, SEND, { data: { memberId: id }, key: id });
    }
    const last = due.at(-1);
    if (last === undefined || due.length < BATCH) {
      return;
    }
    after = last.id;
  }
}
