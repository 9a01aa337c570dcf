import { z } from "zod";
import type { Blobs } from "../platform/blobs.ts";
import { defineQueue } from "../platform/jobs.ts";
import { log } from "../platform/log.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { scrubBlobs } from "../platform/scrub-blobs.ts";

/** A night's reading of everything takes as long as the disk is large. */
const LONGEST_SECONDS = 6 * 3600;

const queue = defineQueue({
  name: "models/scrub-blobs",
  schema: z.object({}),
  policy: "short",
  retryLimit: 1,
  expireInSeconds: LONGEST_SECONDS,
});

/** Each night every stored file is read and hashed; what the disk has damaged is named in the log and not sent. */
export function scrubWorker(blobs: Blobs): Worker {
  return defineWorker({
    queue,
    cron: "40 3 * * *",
    handle: async (_data, signal) => {
      const found = await scrubBlobs(blobs, signal);
      const level = found.damaged.length === 0 ? "info" : "error";
      log[level](found, "Every stored file was read; damaged ones were moved aside.");
    },
  });
}
