// Fills the database with a named, deterministic scenario:  npm run seed -- SCENARIO
import { sharedDb } from "#server/platform/db.ts";
import { sharedPool } from "#server/platform/pool.ts";
import { seedArchive } from "./scenarios/archive.ts";
import { seedBigForum } from "./scenarios/big-forum.ts";
import { seedDemoMembers } from "./scenarios/demo-members.ts";

/** A scenario may be seeded again at any time: it adds what is missing and answers what it did. */
const SCENARIOS = {
  archive: {
    seed: seedArchive,
    about: "the real CPM-Live training of 2022 and 2023, three finished runs",
  },
  "big-forum": {
    seed: (context: Parameters<typeof seedBigForum>[0]) => seedBigForum(context),
    about: "100 000 threads with 2 000 000 posts of made-up words, for measuring",
  },
  "demo-members": {
    seed: seedDemoMembers,
    about: "an account for each role, called what it is, with passwords that are told once",
  },
};

const name = process.argv[2] ?? "";
const scenario = Object.entries(SCENARIOS).find(([known]) => known === name)?.[1];
if (scenario === undefined) {
  const list = Object.entries(SCENARIOS).map(([known, { about }]) => `  ${known}   ${about}`);
  const asked = name === "--help" || name === "";
  console.log(
    `${asked ? "" : `There is no scenario "${name}".\n\n`}npm run seed -- SCENARIO, where SCENARIO is one of:\n${list.join("\n")}`,
  );
  process.exit(asked && name !== "" ? 0 : 1);
}
const pool = sharedPool();
const db = sharedDb();
console.log(`${name}: ${await scenario.seed({ pool, db })}.`);
await Promise.all([pool.end(), db.$disconnect()]);
