import { z } from "zod";
import { type MailSettings, sendMail } from "../auth/send-mail.ts";
import type { Db } from "../platform/db.ts";
import { readEnv } from "../platform/env.ts";
import { defineQueue } from "../platform/jobs.ts";
import type { Pool } from "../platform/pool.ts";
import { portalKey } from "../platform/portal-key.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { deliverDue } from "./deliver-due.ts";

export const DELIVER = defineQueue({
  name: "alerts/deliver",
  schema: z.object({}),
  policy: "short",
  // Each minute brings the next one anyway.
  retryLimit: 0,
});

type AlertsContext = { db: Db; pool: Pool; mail: MailSettings; dataDir: string; origin: string };

/** Tells what is due: each minute for tries that are made again, and at once when the database says that there is news. */
export function createAlertsWorkers(context: AlertsContext): Worker[] {
  const { mail, dataDir, ...tools } = context;
  return [
    defineWorker({
      queue: DELIVER,
      cron: "* * * * *",
      // While one waits for a slow receiver, another tells the news.
      concurrency: 3,
      handle: async () => {
        await deliverDue({
          ...tools,
          key: await portalKey(dataDir),
          allowLoopback: readEnv().WEBHOOKS_TO_LOOPBACK,
          now: Date.now,
          sendMail: (message) => sendMail(mail, message),
        });
      },
    }),
  ];
}
