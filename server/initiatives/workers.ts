import { z } from "zod";
import { defineQueue } from "../platform/jobs.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { readRules } from "./read-rules.ts";
import { advanceTrials } from "./trial/advance-trials.ts";
import { recountVotes } from "./votes/recount-votes.ts";

const COUNT = defineQueue({ name: "initiatives/count", schema: z.object({}), policy: "short" });
const TRIALS = defineQueue({ name: "initiatives/trials", schema: z.object({}), policy: "short" });

/** Counts again every ten minutes, because accounts come of age without anybody voting; looks at the trials every minute. */
export function createInitiativesWorkers({ db, pool }: { db: PrismaClient; pool: Pool }): Worker[] {
  return [
    defineWorker({
      queue: COUNT,
      cron: "*/10 * * * *",
      handle: async () => {
        await recountVotes(db, Date.now());
      },
    }),
    defineWorker({
      queue: TRIALS,
      cron: "* * * * *",
      handle: async () => {
        await advanceTrials({ db, pool, rules: readRules() }, Date.now());
      },
    }),
  ];
}
