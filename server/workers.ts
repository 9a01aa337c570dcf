import { scrubWorker } from "./models/scrub-worker.ts";
import { createBlobs } from "./platform/blobs.ts";
import type { Db } from "./platform/db.ts";
import type { Pool } from "./platform/pool.ts";
import type { Worker } from "./platform/run-jobs.ts";

/** What the workers may use: the process's connections and settings. */
export type WorkerContext = {
  db: Db;
  pool: Pool;
  dataDir: string;
  publicUrl: string | undefined;
};

/** Every job of the portal: one line per feature, `...featureWorkers(context)`. */
export function createWorkers({ dataDir }: WorkerContext): Worker[] {
  return [scrubWorker(createBlobs(dataDir))];
}
