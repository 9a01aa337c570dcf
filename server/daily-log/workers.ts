import { z } from "zod";
import type { Db } from "../platform/db.ts";
import { defineQueue } from "../platform/jobs.ts";
import type { Pool } from "../platform/pool.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { draftDueDays } from "./draft-due-days.ts";

const DRAFT = defineQueue({ name: "daily-log/draft", schema: z.object({}), policy: "short" });

/** Looks every minute for runs whose day has turned. */
export function createDailyLogWorkers(tools: { db: Db; pool: Pool }): Worker[] {
  return [
    defineWorker({
      queue: DRAFT,
      cron: "* * * * *",
      handle: async () => {
        await draftDueDays(tools, Date.now());
      },
    }),
  ];
}
