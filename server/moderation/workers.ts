import { z } from "zod";
import { defineQueue } from "../platform/jobs.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { tellModerators } from "./tell-moderators.ts";

const TELL = defineQueue({ name: "moderation/tell", schema: z.object({}), policy: "short" });

/** Looks every ten minutes whether posts wait that moderators do not know of. */
export function createModerationWorkers({ db }: { db: PrismaClient }): Worker[] {
  return [
    defineWorker({
      queue: TELL,
      cron: "*/10 * * * *",
      handle: async () => {
        await tellModerators(db);
      },
    }),
  ];
}
