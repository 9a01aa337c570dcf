import { createBlobs } from "../platform/blobs.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { buildFormat } from "./build-format.ts";
import { buildQueue } from "./build-queue.ts";

export function createReleasesWorkers(context: { db: PrismaClient; dataDir: string }): Worker[] {
  const { db, dataDir } = context;
  const blobs = createBlobs(dataDir);
  return [
    defineWorker({
      queue: buildQueue,
      handle: (job, signal) => buildFormat({ db, blobs, dataDir, signal }, job),
    }),
  ];
}
