import type { Pool } from "../platform/pool.ts";
import { runStatus } from "../status/contract.ts";
import type { Measure } from "./write-measures.ts";

const DAY_MS = 86_400_000;

const RUNS = `
  select name, step::float8 as step, tokens::float8 as tokens, "finishStatus", paused, "lastMessageAt", "messageIntervalMs"
  from "Run" where not archived and "updatedAt" > $1 order by "updatedAt" desc limit 50`;
const COUNTS = `
  select pg_database_size(current_database())::float8 as database,
    (select count(*) from "Member" where "deletedAt" is null)::int as members,
    (select count(*) from "Checkpoint" where "completedAt" is not null)::int as checkpoints,
    (select coalesce(sum(count), 0) from "DownloadCount")::float8 as downloads,
    (select count(*) from pg_stat_activity where datname = current_database())::int as connections`;
/** The jobs' tables are there once the first portal has started. */
const JOBS = `
  select name, state::text, count(*)::int as count from pgboss.job
  where state in ('created', 'retry', 'active', 'failed') and name not like '\\_\\_%' group by name, state order by 1, 2`;

type RunRow = {
  name: string;
  step: number;
  tokens: number | null;
  finishStatus: "finished" | "failed" | "stopped" | null;
  paused: boolean;
  lastMessageAt: Date | null;
  messageIntervalMs: number | null;
};
type CountRow = Record<
  "database" | "members" | "checkpoints" | "downloads" | "connections",
  number
>;
type JobRow = { name: string; state: string; count: number };

/** What the database knows, as measures. */
export async function readMeasures(pool: Pool, now: number): Promise<Measure[]> {
  const [runs, counts, jobs] = await Promise.all([
    pool.query<RunRow>(RUNS, [new Date(now - 7 * DAY_MS)]),
    pool.query<CountRow>(COUNTS),
    pool.query<JobRow>(JOBS).catch(() => ({ rows: [] as JobRow[] })),
  ]);
  return [
    ...runMeasures(runs.rows, now),
    {
      name: "cpm_jobs",
      help: "Jobs that are not done, by queue and state.",
      values: jobs.rows.map(({ name, state, count }) => ({
        labels: { queue: name, state },
        value: count,
      })),
    },
    ...Object.entries(counts.rows[0] ?? {}).map(([name, value]) => ({
      name: `cpm_${name === "database" ? "database_bytes" : name}`,
      help: HELP[name as keyof CountRow],
      values: [{ value }],
    })),
  ];
}

const HELP: Record<keyof CountRow, string> = {
  database: "Size of the database.",
  members: "Accounts that are not deleted.",
  checkpoints: "Checkpoints that are complete.",
  downloads: "Downloads that came to their end.",
  connections: "Connections to the database.",
};

function runMeasures(rows: RunRow[], now: number): Measure[] {
  const each = (value: (row: RunRow) => number | null) =>
    rows.flatMap((row) => {
      const found = value(row);
      return found === null ? [] : [{ labels: { run: row.name }, value: found }];
    });
  const status = (row: RunRow) =>
    runStatus({ ...row, lastMessageAt: row.lastMessageAt?.getTime() ?? null }, now);
  return [
    {
      name: "cpm_run_state",
      help: "1 for the state that a run is in.",
      values: rows.map((row) => ({ labels: { run: row.name, state: status(row) }, value: 1 })),
    },
    { name: "cpm_run_step", help: "Newest step.", values: each(({ step }) => step) },
    { name: "cpm_run_tokens", help: "Tokens read.", values: each(({ tokens }) => tokens) },
    {
      name: "cpm_run_message_age_seconds",
      help: "Since a run last spoke.",
      values: each(({ lastMessageAt }) =>
        lastMessageAt === null ? null : (now - lastMessageAt.getTime()) / 1_000,
      ),
    },
  ];
}
