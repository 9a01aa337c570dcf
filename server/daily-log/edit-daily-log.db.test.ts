import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";
import type { DayFigures } from "./contract.ts";

const RUN = "run_daily";
const FIGURES = { lossEnd: 2.5 } as DayFigures;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const project = { create: { id: "p" } };
  await database.db.run.create({
    data: { id: RUN, name: "daily", config: {}, planned: {}, project },
  });
});
afterAll(() => database.close());

async function addDay(day: string): Promise<void> {
  const fromTime = new Date(0);
  const none = Object.fromEntries(
    [
      "lossBegin",
      "gradNorm",
      "firstStep",
      "lastStep",
      "tokens",
      "tokensTotal",
      "dataGb",
      "progressPercent",
    ]
      .concat(["tokensPerSecond", "energyKwh", "co2eKg", "cost", "nonFinite"])
      .map((name) => [name, null]),
  );
  const figures = { ...none, ...FIGURES };
  await database.db.dailyLog.create({
    data: {
      runId: RUN,
      day,
      fromTime,
      toTime: fromTime,
      figures,
      events: [],
      eventCount: 0,
      source: "draft",
    },
  });
}

test("an engineer's words are kept with every revision, and an edit takes the signature off", async () => {
  await addDay("2026-01-01");
  const engineer = await createMember(database.db, { roles: ["engineer"] });
  const { dailyLog } = await callerFor(database, engineer);
  const at = { runId: RUN, day: "2026-01-01" };
  await dailyLog.edit({ ...at, comment: "Calm.", revision: 0 });
  const signed = await dailyLog.sign({ ...at, revision: 1 });
  expect(signed).toMatchObject({ comment: "Calm.", signed: true, signedBy: engineer.name });
  const edited = await dailyLog.edit({ ...at, comment: "One spike.", revision: 1 });
  expect(edited).toMatchObject({ comment: "One spike.", signed: false });
  expect(edited.revisions.map(({ comment }) => comment)).toEqual(["Calm.", "One spike."]);
});

test("words and signatures on an older revision are refused", async () => {
  await addDay("2026-01-02");
  const engineer = await createMember(database.db, { roles: ["engineer"] });
  const { dailyLog } = await callerFor(database, engineer);
  const at = { runId: RUN, day: "2026-01-02" };
  await dailyLog.edit({ ...at, comment: "First.", revision: 0 });
  await expect(dailyLog.edit({ ...at, comment: "Late.", revision: 0 })).rejects.toThrow(
    "revision 1",
  );
  await expect(dailyLog.sign({ ...at, revision: 0 })).rejects.toThrow("revision 1");
  expect((await dailyLog.read(at)).comment).toBe("First.");
});

test("the turn is set by engineers alone", async () => {
  const turn = { timeZone: "Asia/Shanghai", hour: 16 };
  const { dailyLog } = await callerFor(
    database,
    await createMember(database.db, { roles: ["engineer"] }),
  );
  await dailyLog.setTurn({ runId: RUN, turn });
  expect((await dailyLog.calendar({ runId: RUN })).turn).toEqual(turn);
  const plain = await callerFor(database, await createMember(database.db));
  await expect(plain.dailyLog.setTurn({ runId: RUN, turn })).rejects.toThrow();
});
