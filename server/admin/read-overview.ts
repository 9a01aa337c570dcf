import { MEMBER_REF, toMemberRef } from "../auth/member-ref.ts";
import type { Db } from "../platform/db.ts";
import type { Pool } from "../platform/pool.ts";
import type { Overview } from "./contract.ts";
import { readJobs } from "./read-jobs.ts";
import { readStorage } from "./read-storage.ts";

type Services = { db: Db; pool: Pool; dataDir: string };

/** Everything that an admin looks at first, as it is now. */
export async function readOverview({ db, pool, dataDir }: Services): Promise<Overview> {
  const [members, staff, waiting, jobs, tokens, storage, health] = await Promise.all([
    db.member.count({ where: { deletedAt: null } }),
    db.member.findMany({
      where: { deletedAt: null, roles: { some: {} } },
      orderBy: { nameKey: "asc" },
      select: MEMBER_REF,
    }),
    readWaiting(db),
    readJobs(pool),
    readTokens(db),
    readStorage(pool, dataDir),
    readHealth(pool),
  ]);
  return { members, staff: staff.map(toMemberRef), waiting, ...jobs, tokens, storage, health };
}

async function readWaiting(db: Db): Promise<Overview["waiting"]> {
  const [reviews, appeals, offers] = await Promise.all([
    db.moderationCase.count({ where: { state: "open" } }),
    db.moderationAppeal.count({ where: { decidedAt: null } }),
    db.supportOffer.count({ where: { state: "new" } }),
  ]);
  return { reviews, appeals, offers };
}

async function readTokens(db: Db): Promise<Overview["tokens"]> {
  const rows = await db.apiToken.findMany({
    where: { revokedAt: null },
    orderBy: { createdAt: "desc" },
    take: 200,
    include: { member: { select: { name: true } } },
  });
  return rows.map(({ id, label, scope, member, createdAt, lastUsedAt }) => ({
    ...{ id, label, scope, owner: member?.name ?? null, createdAt: createdAt.getTime() },
    lastUsedAt: lastUsedAt?.getTime() ?? null,
  }));
}

async function readHealth(pool: Pool): Promise<Overview["health"]> {
  const started = performance.now();
  const { rows } = await pool.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  const answerMs = performance.now() - started;
  const migrations = await pool.query<{ count: number }>(
    `select count(*)::int as count from "_prisma_migrations" where finished_at is not null`,
  );
  return {
    ...{ database: rows[0]?.version ?? "", answerMs, migrations: migrations.rows[0]?.count ?? 0 },
    ...{ node: process.version, upSeconds: process.uptime() },
    memoryBytes: process.memoryUsage().rss,
  };
}
