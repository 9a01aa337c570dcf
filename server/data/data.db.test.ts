import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMetricRun } from "../testing/metric-run.ts";
import { DataReport, type SendDataReport, type SourceReport } from "./contract.ts";
import { listReports, readSources } from "./list-reports.ts";
import { readGrowth } from "./read-growth.ts";
import { recordReport } from "./record-report.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const DAY = 86_400_000;
const START = 1_790_000_000_000;

function source(changes: Partial<SourceReport> = {}): SourceReport {
  return {
    name: "chinese",
    source: "tang-poems",
    lang: "zh",
    licence: "public domain",
    documents: 100,
    kept: 80,
    dropped: { "too-short": 12, perplexity: 3 },
    duplicates: 5,
    pii: { EMAIL: 2 },
    bytes: 4_000,
    tokens: 1_300,
    cues: { summary: 40 },
    meanPerplexity: 39.5,
    ...changes,
  };
}

function report(changes: Partial<SendDataReport> = {}): SendDataReport {
  return { project: "data", recipe: "small", builtAt: START, sources: [source()], ...changes };
}

const send = (one: SendDataReport) =>
  recordReport(database.pool, { report: one, now: START + DAY, origin: "http://portal" });

test("there is nothing to see before the first report", async () => {
  expect(await readSources(database.db, {})).toEqual({ report: null, recipes: [] });
  expect(await readGrowth(database.db, {})).toEqual({ points: [], stages: [] });
});

test("a report is kept once, whoever sends it again, at the same time and in whatever order of counts", async () => {
  const turned = report({ sources: [source({ dropped: { perplexity: 3, "too-short": 12 } })] });
  const answers = await Promise.all([send(report()), send(turned), send(report())]);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(answers.filter(({ stored }) => stored)).toHaveLength(1);
  expect(answers[0]?.url).toBe("http://portal/data?recipe=small");
  const { reports } = await listReports(database.db, {});
  expect(reports).toHaveLength(1);
  expect(DataReport.parse(reports[0])).toEqual(reports[0]);
  expect(reports[0]).toMatchObject({
    documents: 100,
    kept: 80,
    builtAt: START,
    sources: [source()],
  });
});

test("totals are sums over the sources, and the largest counts come back exactly", async () => {
  const large = Number.MAX_SAFE_INTEGER - 7;
  const sources = [source({ bytes: large, meanPerplexity: null }), source({ bytes: 7 })];
  await send(report({ recipe: "large", builtAt: START - DAY, sources }));
  const { report: found } = await readSources(database.db, { recipe: "large" });
  expect(found?.bytes).toBe(Number.MAX_SAFE_INTEGER);
  expect(found?.sources.map(({ meanPerplexity }) => meanPerplexity)).toEqual([null, 39.5]);
});

test("the newest report is shown, the recipes are named, and growth has a recipe's reports with the project's stages", async () => {
  const { runId } = await createMetricRun(database.pool);
  await database.db.project.upsert({ where: { id: "data" }, create: { id: "data" }, update: {} });
  await database.db.run.update({ where: { id: runId }, data: { projectId: "data" } });
  for (const [i, name] of ["too early", "Chinese", "English"].entries()) {
    await database.db.runEvent.create({
      data: {
        id: `event-${i}`,
        runId,
        attempt: 1,
        kind: "stage",
        step: i * 10,
        time: new Date(START + (i - 1) * DAY + 1),
        message: "A stage.",
        source: "trainer",
        data: { name },
      },
    });
  }
  await send(report({ builtAt: START + DAY, sources: [source(), source({ source: "song" })] }));
  const shown = await readSources(database.db, {});
  expect(shown.recipes).toEqual(["small", "large"]);
  expect(shown.report?.sources.map((one) => one.source)).toEqual(["tang-poems", "song"]);
  const growth = await readGrowth(database.db, {});
  expect(growth.points.map(({ at, kept, sources }) => [at, kept, sources])).toEqual([
    [START, 80, 1],
    [START + DAY, 160, 2],
  ]);
  expect(growth.stages).toEqual([
    { at: START + 1, runId, step: 10, name: "Chinese" },
    { at: START + DAY + 1, runId, step: 20, name: "English" },
  ]);
});

test("the list goes on where it ended, and an unknown place is refused", async () => {
  const first = await listReports(database.db, { limit: 2 });
  const rest = await listReports(database.db, { limit: 2, next: first.next ?? "" });
  expect([...first.reports, ...rest.reports].map(({ builtAt }) => builtAt)).toEqual([
    START + DAY,
    START,
    START - DAY,
  ]);
  expect(rest.next).toBeNull();
  await expect(listReports(database.db, { next: "nowhere" })).rejects.toThrow(/names no report/);
});
