import { z } from "zod";
import { readEnv } from "../platform/env.ts";
import { defineQueue } from "../platform/jobs.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { checkLinks } from "./check-links.ts";
import { freezeDueMonths } from "./freeze-month.ts";
import { CHECK_LINKS } from "./link-queue.ts";

const FREEZE = defineQueue({ name: "showcase/freeze", schema: z.object({}), policy: "short" });

/** Asks the links of applications each hour, and freezes the collections whose time has come. */
export function createShowcaseWorkers({ db }: { db: PrismaClient }): Worker[] {
  return [
    defineWorker({
      queue: CHECK_LINKS,
      cron: "17 * * * *",
      handle: async (_data, signal) => {
        const allowLoopback = readEnv().WEBHOOKS_TO_LOOPBACK;
        await checkLinks(db, { now: Date.now(), allowLoopback, signal });
      },
    }),
    defineWorker({
      queue: FREEZE,
      cron: "5 * * * *",
      handle: async () => {
        await freezeDueMonths(db, Date.now());
      },
    }),
  ];
}
