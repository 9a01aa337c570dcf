import type pg from "pg";
import type { Pool } from "#server/platform/pool.ts";

type Size = { initiatives: number; votes: number };

const MEMBERS = 20_000;
/** Few are wanted by thousands, most by a handful: votes fall with this power of the rank. */
const POWER = 0.5;

/** States as a community of some years would have them, by weight. */
const STATES = [
  ...["open", "open", "open", "open", "triage", "needs-work", "needs-work", "feasible"],
  ...["assigned", "final-comment", "approved", "trial", "provisional", "stable", "released"],
  ...["released", "released", "declined", "declined", "infeasible", "withdrawn", "rolled-back"],
  ...["superseded", "deferred", "deferred"],
];

/** Initiatives, members and votes, written by the database itself; tallies are counted from the votes. */
export async function seedInitiatives(pool: Pool, { initiatives, votes }: Size): Promise<void> {
  const client = await pool.connect();
  try {
    // The rows fit each other by making; checking ten million references would be most of the time.
    await client.query("set session_replication_role = replica");
    await client.query(
      `insert into "Member" (id, name, "nameKey", trust, "emailVerifiedAt", "createdAt")
       select 'mem_s' || n, 'seed-' || n, 'seed-' || n, least(n % 5, 3), now(), now() - interval '30 days' from generate_series(0, $1::int - 1) n`,
      [MEMBERS],
    );
    await client.query(
      `insert into "Initiative" ("authorId", category, title, state, "openedAt", "triageDueAt")
       select 'mem_s' || n % $1::int, (array['features', 'methods', 'data', 'other'])[1 + n % 4],
         'Proposal ' || n || ' about ' || (array['tokens', 'poetry', 'rate', '数据', '词表', 'layers'])[1 + n % 6] || ' ' || md5(n::text),
         ($2::text[])[1 + (n * 7919::bigint) % array_length($2::text[], 1)], now() - n * interval '10 minutes',
         case when n % 50 = 0 then now() - n * interval '1 second' end
       from generate_series(1, $3::int) n`,
      [MEMBERS, STATES, initiatives],
    );
    await client.query(
      `insert into "InitiativeVersion" ("initiativeId", number, title, text, "editorId")
       select id, 1, title, '{}', "authorId" from "Initiative"`,
    );
    await castVotes(client, { initiatives, votes });
    await client.query(
      `update "Initiative" set "cast" = tally."cast", eligible = tally.eligible,
         hot = log(greatest(1, tally.eligible)) + extract(epoch from "openedAt") / 45000
       from (select "initiativeId", count(*)::int as "cast", count(*) filter (where member.trust >= 1)::int as eligible
         from "InitiativeVote" vote join "Member" member on member.id = vote."memberId" group by 1) tally
       where id = tally."initiativeId"`,
    );
    await client.query("set session_replication_role = origin");
  } finally {
    client.release();
  }
  for (const table of ["Member", "Initiative", "InitiativeVersion", "InitiativeVote"]) {
    await pool.query(`vacuum analyze "${table}"`);
  }
}

async function castVotes(client: pg.PoolClient, { initiatives, votes }: Size): Promise<void> {
  const { rows } = await client.query<{ name: string; text: string }>(
    `select indexname as name, indexdef as text from pg_indexes where tablename = 'InitiativeVote' and indexname like '%memberId%'`,
  );
  for (const { name } of rows) {
    await client.query(`drop index "${name}"`);
  }
  // Sum of rank^-POWER over all ranks, so that the votes come out as asked.
  const sum = initiatives ** (1 - POWER) / (1 - POWER);
  await client.query(
    `insert into "InitiativeVote" ("initiativeId", "memberId", version, "castAt")
     select id, 'mem_s' || (id * 7919::bigint + n) % $1::int, 1, now() - n * interval '1 second'
     from "Initiative", generate_series(1, least($1::int, round($2::float8 * (1 + id * 48271::bigint % $3::bigint) ^ -$4::float8 / $5::float8)::int)) n`,
    [MEMBERS, votes, initiatives, POWER, sum],
  );
  for (const { text } of rows) {
    await client.query(text);
  }
}
