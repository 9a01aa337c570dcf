import { z } from "zod";
import { type MailSettings, sendMail } from "../auth/send-mail.ts";
import { createBlobs } from "../platform/blobs.ts";
import { defineQueue } from "../platform/jobs.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { EXPORTS } from "./ask-export.ts";
import { LINK_MAILS } from "./ask-mail.ts";
import { computeTrust } from "./compute-trust.ts";
import { EXPORT_TEXTS } from "./export-texts.ts";
import { packExport } from "./pack-export.ts";
import { sendLink } from "./send-link.ts";
import { sweep } from "./sweep.ts";

type MembersContext = {
  db: PrismaClient;
  pool: Pool;
  dataDir: string;
  mail: MailSettings;
  origin: string;
};

const TRUST = defineQueue({ name: "members/trust", schema: z.object({}), policy: "short" });
const SWEEP = defineQueue({ name: "members/sweep", schema: z.object({}), policy: "short" });

export function createMembersWorkers(context: MembersContext): Worker[] {
  const { db, mail, origin } = context;
  return [
    defineWorker({
      queue: LINK_MAILS,
      handle: (data) =>
        sendLink({ db, origin, now: Date.now(), send: (message) => sendMail(mail, message) }, data),
    }),
    defineWorker({ queue: EXPORTS, handle: ({ exportId }) => packAndTell(context, exportId) }),
    defineWorker({
      queue: TRUST,
      cron: "17 3 * * *",
      handle: async () => {
        await computeTrust(context, { now: Date.now() });
      },
    }),
    defineWorker({ queue: SWEEP, cron: "41 * * * *", handle: () => sweep(context, Date.now()) }),
  ];
}

async function packAndTell(context: MembersContext, exportId: string): Promise<void> {
  const { db, dataDir, mail, origin } = context;
  const packing = { ...context, blobs: createBlobs(dataDir), now: Date.now };
  const memberId = await packExport(packing, exportId);
  const member =
    memberId === null
      ? null
      : await db.member.findUnique({
          where: { id: memberId },
          select: { email: true, locale: true },
        });
  if (member?.email != null) {
    const language = member.locale === "zh" ? "zh" : "en";
    const { subject, text } = EXPORT_TEXTS[language];
    await sendMail(mail, {
      to: member.email,
      subject,
      text: text(`${origin}/${language}/account#data`),
    });
  }
}
