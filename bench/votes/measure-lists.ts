import { CATEGORIES, ORDERS, STAGES, STATES } from "#server/initiatives/contract.ts";
import { countStates } from "#server/initiatives/lists/count-states.ts";
import { findSimilar } from "#server/initiatives/lists/find-similar.ts";
import { listInitiatives } from "#server/initiatives/lists/list-initiatives.ts";
import { listOverdue } from "#server/initiatives/lists/list-overdue.ts";
import { countVotes } from "#server/initiatives/votes/count-votes.ts";
import { readVoters } from "#server/initiatives/votes/read-voters.ts";
import { createDb } from "#server/platform/db.ts";
import type { Pool } from "#server/platform/pool.ts";
import { startBenchDatabase } from "../database.ts";
import type { BenchReport } from "../main.ts";
import { seedInitiatives } from "./seed-initiatives.ts";

type Size = { initiatives: number; votes: number };
type Db = ReturnType<typeof createDb>;
type Case = [name: string, call: (index: number) => Promise<unknown>, bar: boolean];

const CALLS = 200;
const WARM_UP = 20;
const SAMPLE = 200;
const MEMBER = "mem_s1";

/** Lists as the pages ask for them, first and later pages, and tallies counted anew against those that stand there. */
export async function measureLists(report: BenchReport, size: Size): Promise<void> {
  const database = await startBenchDatabase();
  try {
    const began = performance.now();
    await seedInitiatives(database.pool, size);
    const { rows } = await database.pool.query<{ votes: string }>(
      `select count(*) as votes from "InitiativeVote"`,
    );
    const votes = Number(rows[0]?.votes);
    const name = `${size.initiatives} initiatives, ${votes} votes`;
    const seconds = Math.round((performance.now() - began) / 1_000);
    report({ case: name, metric: "seeding", value: seconds, unit: "s" });
    const db = createDb(database.url);
    for (const one of casesOf(db, size)) {
      await time(report, one);
    }
    await compareTallies(report, { db, pool: database.pool, size });
    await db.$disconnect();
  } finally {
    await database.stop();
  }
}

function casesOf(db: Db, { initiatives }: Size): Case[] {
  const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;
  const base = { stage: "open", limit: 20, memberId: MEMBER } as const;
  const ordered = ORDERS.flatMap((order): Case[] => [
    [
      `${order}, first page`,
      (i) => listInitiatives(db, { ...base, order, stage: pick(STAGES, i) }),
      true,
    ],
    [
      `${order}, anywhere`,
      (i) => {
        const key = order === "wanted" ? i % 60 : 39_000 - ((i * 17) % 2_000);
        const next = { key, id: 1 + ((i * 48_271) % initiatives) };
        return listInitiatives(db, { ...base, order, next });
      },
      true,
    ],
    [
      `${order}, by category`,
      (i) => listInitiatives(db, { ...base, order, category: pick(CATEGORIES, i) }),
      true,
    ],
    [
      `${order}, by state`,
      (i) => listInitiatives(db, { ...base, order, state: pick(STATES, i) }),
      true,
    ],
  ]);
  return [
    ...ordered,
    ["overdue", () => listOverdue(db, Date.now()), true],
    ["voters", (i) => readVoters(db, { id: 1 + i, now: Date.now() }), true],
    ["counts by state", () => countStates(db), true],
    ["alike titles", (i) => findSimilar(db, { title: `Proposal about poetry ${i}` }), false],
  ];
}

async function time(report: BenchReport, [name, call, bar]: Case): Promise<void> {
  const times: number[] = [];
  for (let index = 0; index < CALLS + WARM_UP; index++) {
    const began = performance.now();
    await call(index);
    times.push(performance.now() - began);
  }
  const sorted = times.slice(WARM_UP).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
  report({ case: name, metric: "p50", value: at(0.5), unit: "ms" });
  const p95 = { case: name, metric: "p95", value: at(0.95), unit: "ms" };
  report(bar ? { ...p95, bar: { atMost: 50 } } : p95);
}

type Compared = { db: Db; pool: Pool; size: Size };

/** Every tally against one count of all votes, and a sample by the very verb that each vote runs. */
async function compareTallies(report: BenchReport, { db, pool, size }: Compared): Promise<void> {
  const { rows } = await pool.query<{ wrong: number }>(
    `select count(*)::int as wrong from "Initiative" initiative
     left join (select "initiativeId", count(*)::int as "cast" from "InitiativeVote" group by 1) votes on votes."initiativeId" = id
     where initiative."cast" <> coalesce(votes."cast", 0)`,
  );
  const name = "tallies";
  report({
    case: name,
    metric: "wrong",
    value: rows[0]?.wrong ?? -1,
    unit: "of all",
    bar: { atMost: 0 },
  });
  let [changed, slowest] = [0, 0];
  for (let index = 0; index < SAMPLE; index++) {
    const id = 1 + ((index * 48_271) % size.initiatives);
    const before = await db.initiative.findUniqueOrThrow({ where: { id } });
    const began = performance.now();
    const tally = await countVotes(db, { id, now: Date.now() });
    slowest = Math.max(slowest, performance.now() - began);
    changed += tally.cast === before.cast && tally.eligible === before.eligible ? 0 : 1;
  }
  report({
    case: name,
    metric: "changed by counting",
    value: changed,
    unit: `of ${SAMPLE}`,
    bar: { atMost: 0 },
  });
  report({ case: name, metric: "slowest count", value: slowest, unit: "ms" });
}
