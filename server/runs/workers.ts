import { z } from "zod";
import { defineQueue } from "../platform/jobs.ts";
import type { Pool } from "../platform/pool.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { trimLines } from "./trim-lines.ts";

const TRIM = defineQueue({ name: "runs/trim-lines", schema: z.object({}), policy: "short" });

/** Every hour the console keeps its newest lines only. */
export function createRunsWorkers(tools: { pool: Pool; consoleLines: number }): Worker[] {
  return [
    defineWorker({
      queue: TRIM,
      cron: "17 * * * *",
      handle: async () => {
        await trimLines(tools.pool, tools.consoleLines);
      },
    }),
  ];
}
