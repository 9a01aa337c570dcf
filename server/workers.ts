import { createAlertsWorkers } from "./alerts/workers.ts";
import type { MailSettings } from "./auth/send-mail.ts";
import { createDailyLogWorkers } from "./daily-log/workers.ts";
import type { DigestSection } from "./digest/send-digest.ts";
import { createDigestWorkers } from "./digest/workers.ts";
import { listFresh } from "./forum/list-fresh.ts";
import { weeklyInitiatives } from "./initiatives/lists/weekly-initiatives.ts";
import { createInitiativesWorkers } from "./initiatives/workers.ts";
import { createMembersWorkers } from "./members/workers.ts";
import { scrubWorker } from "./models/scrub-worker.ts";
import { createModerationWorkers } from "./moderation/workers.ts";
import { createBlobs } from "./platform/blobs.ts";
import type { Pool } from "./platform/pool.ts";
import type { PrismaClient } from "./platform/prisma-client/client.ts";
import type { Worker } from "./platform/run-jobs.ts";
import { createReleasesWorkers } from "./releases/workers.ts";
import { createRunsWorkers } from "./runs/workers.ts";
import { createShowcaseWorkers } from "./showcase/workers.ts";

/** What the workers may use: the process's connections and settings. */
export type WorkerContext = {
  db: PrismaClient;
  pool: Pool;
  dataDir: string;
  publicUrl: string | undefined;
  mail: MailSettings;
  /** Console lines that are kept for each run. */
  consoleLines: number;
  /** The portal's address in mails. */
  origin: string;
};

/** What stands in mails beside what their reader was told. */
const DIGEST_SECTIONS: readonly DigestSection[] = [
  { title: { en: "New in the forum", zh: "论坛新主题" }, read: listFresh },
  {
    title: { en: "Initiatives open for votes", zh: "可投票的提案" },
    read: (db, since) => weeklyInitiatives(db, { since, news: "opened" }),
  },
  {
    title: { en: "Initiatives that were decided", zh: "已有决定的提案" },
    read: (db, since) => weeklyInitiatives(db, { since, news: "decided" }),
  },
  {
    title: { en: "Initiatives on trial", zh: "试行中的提案" },
    read: (db, since) => weeklyInitiatives(db, { since, news: "tried" }),
  },
  {
    title: { en: "Initiatives shipped or rolled back", zh: "已发布或已回退的提案" },
    read: (db, since) => weeklyInitiatives(db, { since, news: "ended" }),
  },
];

/** Every job of the portal: one line per feature, `...featureWorkers(context)`. */
export function createWorkers(context: WorkerContext): Worker[] {
  return [
    scrubWorker(createBlobs(context.dataDir)),
    ...createDailyLogWorkers(context),
    ...createAlertsWorkers(context),
    ...createInitiativesWorkers(context),
    ...createRunsWorkers(context),
    ...createMembersWorkers(context),
    ...createModerationWorkers(context),
    ...createDigestWorkers(context, DIGEST_SECTIONS),
    ...createReleasesWorkers(context),
    ...createShowcaseWorkers(context),
  ];
}
