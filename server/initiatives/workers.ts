import { z } from "zod";
import { defineQueue } from "../platform/jobs.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { recountVotes } from "./votes/recount-votes.ts";

const COUNT = defineQueue({ name: "initiatives/count", schema: z.object({}), policy: "short" });

/** Counts again every ten minutes, because accounts come of age without anybody voting. */
export function createInitiativesWorkers({ db }: { db: PrismaClient }): Worker[] {
  return [
    defineWorker({
      queue: COUNT,
      cron: "*/10 * * * *",
      handle: async () => {
        await recountVotes(db, Date.now());
      },
    }),
  ];
}
