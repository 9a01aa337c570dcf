import { Agent, request } from "node:http";
import { setTimeout as after } from "node:timers/promises";
import { openSession } from "#server/auth/open-session.ts";
import { sessionCookieName } from "#server/auth/session-cookie.ts";
import { VoteAnswer } from "#server/initiatives/contract.ts";
import { createDb } from "#server/platform/db.ts";
import { type BenchDatabase, startBenchDatabase } from "../database.ts";
import type { BenchReport } from "../main.ts";
import { startBenchPortal } from "../portal.ts";

type Size = { members: number; rounds: number; seconds: number };
type Voter = { id: string; cookie: string };
type Sent = { ms: number; on: boolean; ok: boolean };

/**
 * Everybody votes and withdraws so many times at moments drawn over the time given, none waiting for another, and the
 * last wish of each is drawn too. Latency is what a browser would see, from sending to the whole answer.
 */
export async function measureVoting(report: BenchReport, size: Size): Promise<void> {
  const database = await startBenchDatabase();
  const portal = await startBenchPortal(database.url, { pages: true });
  try {
    const { voters, id } = await seedVoters(database, size.members);
    const send = createSender(portal.port, id);
    for (const voter of voters.slice(0, 20)) {
      await send(voter, false);
    }
    const answers = await Promise.all(voters.map((voter) => voteOften(send, voter, size)));
    const all = answers.flat();
    const times = all.map(({ ms }) => ms).sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * times.length)] ?? Number.NaN;
    const name = `${size.members} members, ${all.length} votes and withdrawals in ${size.seconds} s`;
    report({ case: name, metric: "p50", value: at(0.5), unit: "ms" });
    report({ case: name, metric: "p99", value: at(0.99), unit: "ms", bar: { atMost: 250 } });
    const refused = all.filter(({ ok }) => !ok).length;
    report({ case: name, metric: "refused", value: refused, unit: "votes", bar: { atMost: 0 } });
    const wanted = answers.filter((sent) => sent.at(-1)?.on === true).length;
    await compareTally(report, { database, id, wanted, name });
  } finally {
    await portal.stop();
    await database.stop();
  }
}

async function voteOften(
  send: ReturnType<typeof createSender>,
  voter: Voter,
  { rounds, seconds }: Size,
): Promise<Sent[]> {
  const sent: Sent[] = [];
  const moments = Array.from({ length: rounds }, () => Math.random() * seconds * 1_000).sort(
    (a, b) => a - b,
  );
  const began = performance.now();
  for (const moment of moments) {
    await after(Math.max(0, moment - (performance.now() - began)));
    sent.push(await send(voter, Math.random() < 0.6));
  }
  return sent;
}

function createSender(port: number, id: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return (voter: Voter, on: boolean): Promise<Sent> =>
    new Promise((done, fail) => {
      const began = performance.now();
      const call = request(
        {
          ...{ agent, port, host: "127.0.0.1", method: "POST", path: "/api/trpc/initiatives.vote" },
          headers: {
            ...{ cookie: voter.cookie, origin: `http://127.0.0.1:${port}` },
            "content-type": "application/json",
          },
        },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (chunk: string) => {
            text += chunk;
          });
          answer.on("end", () => done({ ms: performance.now() - began, on, ok: saysSo(text, on) }));
        },
      );
      call.on("error", fail);
      call.end(JSON.stringify({ id, on }));
    });
}

function saysSo(text: string, on: boolean): boolean {
  const { result } = JSON.parse(text) as { result?: { data?: unknown } };
  return VoteAnswer.safeParse(result?.data).data?.voted === on;
}

async function seedVoters({ url, pool }: BenchDatabase, members: number) {
  await pool.query(
    `insert into "Member" (id, name, "nameKey", trust, "emailVerifiedAt", "createdAt")
     select 'mem_v' || n, 'voter-' || n, 'voter-' || n, 1, now(), now() - interval '9 days' from generate_series(1, $1::int) n`,
    [members],
  );
  const title = "Vote for this one";
  const db = createDb(url);
  const { id } = await db.initiative.create({
    data: {
      ...{ authorId: "mem_v1", category: "other", title, state: "open", openedAt: new Date() },
      versions: { create: { number: 1, title, text: {}, editorId: "mem_v1" } },
    },
    select: { id: true },
  });
  const voters: Voter[] = [];
  for (let number = 1; number <= members; number++) {
    const memberId = `mem_v${number}`;
    const now = Date.now();
    const { secret } = await openSession(db, {
      ...{ memberId, method: "password", userAgent: "bench", now },
    });
    voters.push({ id: memberId, cookie: `${sessionCookieName(false)}=${secret}` });
  }
  await db.$disconnect();
  return { voters, id };
}

type Compared = { database: BenchDatabase; id: number; wanted: number; name: string };

/** What the initiative says, what lies in the table, and what its voters wanted last are one number. */
async function compareTally(
  report: BenchReport,
  { database, id, wanted, name }: Compared,
): Promise<void> {
  const { rows } = await database.pool.query<{ said: number; stored: number }>(
    `select eligible as said, (select count(*)::int from "InitiativeVote" where "initiativeId" = $1) as stored
     from "Initiative" where id = $1`,
    [id],
  );
  const { said = -1, stored = -1 } = rows[0] ?? {};
  report({ case: name, metric: "final tally", value: said, unit: "votes" });
  const off = Math.abs(said - wanted) + Math.abs(stored - wanted);
  report({ case: name, metric: "tally off by", value: off, unit: "votes", bar: { atMost: 0 } });
}
