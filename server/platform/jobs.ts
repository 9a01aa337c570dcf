// Work that outlives a request: queues in Postgres by pg-boss. A verb enqueues inside its own transaction, so that
// the job exists exactly when what it is about exists; server/main.ts runs the workers.
import { fromPrisma, PgBoss } from "pg-boss";
import type { z } from "zod";
import type { Db } from "./db.ts";
import { databaseUrl } from "./env.ts";
import { log } from "./log.ts";

/** What a queue carries and how stubbornly it is tried. Made by `defineQueue`, named `feature/verb`. */
export type Queue<T extends object = object> = {
  name: string;
  schema: z.ZodType<T>;
  /** Tries after the first one. */
  retryLimit: number;
  /** Seconds before the second try, doubled after each further one. */
  retryDelay: number;
  /** `short`: of the jobs with the same key (no key: of all) one waits at most, and adding another does nothing. */
  policy: "standard" | "short";
  /** Seconds after which a silent worker is taken for dead and the job is tried again. */
  expireInSeconds: number;
};

type EnqueueOptions = {
  /** Not before this time. */
  after?: Date;
  /** For a queue of policy `short`. */
  key?: string;
};

const holder = globalThis as typeof globalThis & { cpmJobs?: JobsConnection };
type JobsConnection = { url: string; boss?: Promise<PgBoss>; queues: Set<string> };

export function defineQueue<T extends object>(
  queue: Pick<Queue<T>, "name" | "schema"> & Partial<Queue<T>>,
): Queue<T> {
  return { policy: "standard", retryLimit: 5, retryDelay: 10, expireInSeconds: 900, ...queue };
}

/**
 * Adds a job within the caller's transaction: it is there when, and only when, the transaction commits.
 * Returns its id, or null when a job of the same key waits already. Throws when `data` does not fit the queue.
 */
export async function enqueue<T extends object>(
  tx: Db,
  queue: Queue<T>,
  { data, after, key }: EnqueueOptions & { data: T },
): Promise<string | null> {
  const boss = await jobsBoss();
  await ensureQueue(boss, queue);
  return boss.send(queue.name, queue.schema.parse(data), {
    db: fromPrisma(tx),
    ...(after === undefined ? {} : { startAfter: after }),
    ...(key === undefined ? {} : { singletonKey: key }),
  });
}

/** Says which database the process's jobs live in, before the first one is enqueued. The default is DATABASE_URL. */
export function keepJobsIn(url: string): void {
  holder.cpmJobs = { url, queues: new Set() };
}

/** The process's connection to the queues. On globalThis because the server's entry and Next's bundles are two copies of this module. */
export function jobsBoss(): Promise<PgBoss> {
  holder.cpmJobs ??= { url: databaseUrl(), queues: new Set() };
  const jobs = holder.cpmJobs;
  jobs.boss ??= openBoss(jobs.url).catch((error: unknown) => {
    // The next caller tries again: a database that is away now may be back then.
    delete jobs.boss;
    throw error;
  });
  return jobs.boss;
}

/** Makes the queue, or brings an existing one to the present settings. */
export async function ensureQueue(boss: PgBoss, queue: Omit<Queue, "schema">): Promise<void> {
  const known = holder.cpmJobs?.queues;
  if (known?.has(queue.name) === true) {
    return;
  }
  const { name, policy, retryLimit, retryDelay, expireInSeconds } = queue;
  const settings = { retryLimit, retryDelay, retryBackoff: true, expireInSeconds };
  await boss.createQueue(name, { policy, ...settings });
  await boss.updateQueue(name, settings);
  known?.add(name);
}

/** Ends the process's connection to the queues; workers finish what they have begun. */
export async function closeJobs(): Promise<void> {
  const boss = await holder.cpmJobs?.boss?.catch(() => undefined);
  delete holder.cpmJobs;
  await boss?.stop({ graceful: true, timeout: 20_000 });
}

async function openBoss(url: string): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: url, max: 4, application_name: "cpm-live jobs" });
  boss.on("error", (error) => log.error({ err: error }, "The job queue reports an error."));
  return boss.start();
}
