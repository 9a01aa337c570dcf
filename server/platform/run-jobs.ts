import type { z } from "zod";
import { ensureQueue, jobsBoss, type Queue } from "./jobs.ts";
import { log } from "./log.ts";

/** A queue, what is done with each of its jobs, and when it fills itself. */
export type Worker = {
  queue: Omit<Queue, "schema"> & { schema: z.ZodType };
  /** Throws when the job must be tried again. The signal ends with the job's time or the process. */
  handle: (data: never, signal: AbortSignal) => Promise<void>;
  /** Five fields, UTC: an empty job at these times. */
  cron?: string;
  /** How many of its jobs this process does at once. */
  concurrency?: number;
};

/** Ties a queue to what is done with its jobs, with the data's type kept. */
export function defineWorker<T extends object>(worker: {
  queue: Queue<T>;
  handle: (data: T, signal: AbortSignal) => Promise<void>;
  cron?: string;
  concurrency?: number;
}): Worker {
  return worker as unknown as Worker;
}

/** Starts this process's workers. Several processes may run the same ones: each job is done by one of them. */
export async function runJobs(workers: readonly Worker[]): Promise<void> {
  const boss = await jobsBoss();
  for (const { queue, handle, cron, concurrency = 1 } of workers) {
    await ensureQueue(boss, queue);
    await boss.work(
      queue.name,
      { batchSize: 1, localConcurrency: concurrency, pollingIntervalSeconds: 1 },
      async ([job]) => {
        if (job === undefined) {
          return;
        }
        const started = performance.now();
        try {
          await handle(queue.schema.parse(job.data ?? {}) as never, job.signal);
        } catch (error) {
          log.warn(
            { err: error, job: job.id, queue: queue.name },
            "A job failed; it is tried again.",
          );
          throw error;
        }
        const latencyMs = Math.round(performance.now() - started);
        log.info({ job: job.id, queue: queue.name, latencyMs }, "A job is done.");
      },
    );
    if (cron !== undefined) {
      await boss.schedule(queue.name, cron, {}, { tz: "UTC" });
    }
  }
}
