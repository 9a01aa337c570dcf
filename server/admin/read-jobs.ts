import { jobsBoss } from "../platform/jobs.ts";
import type { Pool } from "../platform/pool.ts";
import type { FailedJob, JobQueue } from "./contract.ts";

const QUEUES = `
  select q.name,
    count(*) filter (where j.state in ('created', 'retry'))::int as waiting,
    count(*) filter (where j.state = 'active')::int as active,
    count(*) filter (where j.state = 'failed')::int as failed,
    max(j.completed_on) filter (where j.state = 'completed') as done
  from pgboss.queue q left join pgboss.job j on j.name = q.name
  where q.name not like '\\_\\_%'
  group by q.name order by q.name`;

const FAILED = `
  select id, name, completed_on as failed, retry_count as tries, coalesce(output ->> 'message', output #>> '{}', '') as message
  from pgboss.job where state = 'failed' and name not like '\\_\\_%'
  order by completed_on desc limit 50`;

type QueueRow = Omit<JobQueue, "lastDoneAt"> & { done: Date | null };
type FailedRow = { id: string; name: string; failed: Date | null; tries: number; message: string };

/** What the jobs are doing, queue by queue, and which have been given up. */
export async function readJobs(pool: Pool): Promise<{ queues: JobQueue[]; failed: FailedJob[] }> {
  // Makes the tables where no job has ever been.
  await jobsBoss();
  const [queues, failed] = await Promise.all([
    pool.query<QueueRow>(QUEUES),
    pool.query<FailedRow>(FAILED),
  ]);
  return {
    queues: queues.rows.map(({ done, ...queue }) => ({
      ...queue,
      lastDoneAt: done?.getTime() ?? null,
    })),
    failed: failed.rows.map(({ id, name, failed: at, tries, message }) => ({
      ...{ id, queue: name, failedAt: at?.getTime() ?? null, tries },
      message: message.slice(0, 300),
    })),
  };
}
