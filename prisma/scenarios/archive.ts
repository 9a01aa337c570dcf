// The history of the real CPM-Live training, 2022-05-29 to 2023-03-24, as three finished runs. A step is a day, counted
// from the day that the run began: days without a report are steps without a point, and nothing is smoothed or mended.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { importSeries } from "#server/metrics/import-series.ts";
import type { Db, Prisma } from "#server/platform/db.ts";
import { type Pool, transaction } from "#server/platform/pool.ts";
import { detectHistory } from "#server/runs/detect-history.ts";
import {
  closeOf,
  DAILY_CSV,
  type DailyReport,
  daysBetween,
  readDaily,
} from "../archive/read-daily.ts";

/** Changes when this file loads the same figures differently: then they are loaded anew. */
const VERSION = 3;
const PROJECT = "cpm-live";
const ADVISORY_LOCK = 5_292_022;
/** A day that begins this far from where the day before ended is worth a remark. */
const JUMP = 0.5;
const DAY_MS = 86_400_000;

type ArchivedRun = { id: string; name: string; begins: string; ends: string; about: string };

/** Bounds are days; a run's first report closes the day after it began. */
const RUNS: ArchivedRun[] = [
  {
    id: "cpm-ant",
    name: "CPM-Ant",
    begins: "2022-05-29",
    ends: "2022-08-05",
    about: "The first model of CPM-Live.",
  },
  {
    id: "cpm-ant-plus",
    name: "CPM-Ant+",
    begins: "2022-08-05",
    ends: "2022-10-12",
    about: "CPM-Ant trained on beyond its plan: its progress begins above 100 %.",
  },
  {
    id: "cpm-bee",
    name: "CPM-Bee",
    begins: "2022-10-13",
    ends: "2023-03-24",
    about: "The second model of CPM-Live, begun anew.",
  },
];

/** The size that the training plan names for CPM-Ant and CPM-Bee. */
const MODEL = { parameters: "10B", layers: 48, hiddenSize: 4096 };

const SOURCE =
  "The daily figures that the CPM-Live team at OpenBMB published during the training. Empty cells are missing points; a step is a day that closed at 16:00 in Beijing.";

const METRICS = {
  loss: "lossEnd",
  data_gb: "dataGb",
  grad_norm: "gradNorm",
  progress_pct: "progressPct",
} as const satisfies Record<string, keyof DailyReport>;

type Store = { pool: Pool; db: Db };

/** Loads the history unless it is there; answers what it did in a few words. */
export async function seedArchive(store: Store): Promise<string> {
  const mark = createHash("sha256")
    .update(`${VERSION}\0`)
    .update(readFileSync(DAILY_CSV))
    .digest("hex")
    .slice(0, 12);
  return await transaction(store.pool, async (sql) => {
    // Two starts on one database: the second waits here and then finds everything loaded.
    await sql.query("select pg_advisory_xact_lock($1)", [ADVISORY_LOCK]);
    const wanted = RUNS.map(({ id }) => ({ id, key: `${id}-${mark}` }));
    const there = await store.db.run.count({ where: { OR: wanted } });
    if (there === RUNS.length) {
      return "already loaded";
    }
    const reports = readDaily();
    for (const run of RUNS) {
      await loadRun(store, run, reports);
      // The key comes last: a load that was broken off is done again from the beginning.
      await store.db.run.update({ where: { id: run.id }, data: { key: `${run.id}-${mark}` } });
    }
    return `${RUNS.length} runs of the years 2022 and 2023 loaded`;
  });
}

async function loadRun({ pool, db }: Store, run: ArchivedRun, all: DailyReport[]): Promise<void> {
  const begins = closeOf(run.begins);
  const ends = closeOf(run.ends);
  // The day on which CPM-Bee began has a report of its own, which knows nothing but the progress, 0 %.
  const reports = all.filter(
    ({ closedAt, lossEnd }) =>
      closedAt <= ends && (closedAt > begins || (closedAt === begins && lossEnd === null)),
  );
  await db.project.createMany({ data: [{ id: PROJECT }], skipDuplicates: true });
  await db.run.deleteMany({ where: { id: run.id } });
  await db.run.create({ data: toRow(run, { begins, ends }) });
  await db.runEvent.createMany({ data: eventsOf(run, reports) });
  for (const [key, column] of Object.entries(METRICS)) {
    const points = pointsOf(reports, { begins, column });
    await importSeries(pool, { runId: run.id, attempt: 1, key, blocks: [points] });
  }
  await detectHistory(pool, { runId: run.id, attempt: 1 });
  const events = await db.runEvent.findMany({
    where: { runId: run.id },
    orderBy: [{ time: "asc" }, { id: "asc" }],
    select: { id: true, kind: true, step: true, time: true, message: true },
  });
  await db.dailyLog.createMany({ data: reports.map((report) => toLog(run, report, events)) });
}

function toRow(
  run: ArchivedRun,
  { begins, ends }: { begins: number; ends: number },
): Prisma.RunUncheckedCreateInput {
  const lastStep = daysBetween(begins, ends);
  return {
    id: run.id,
    projectId: PROJECT,
    name: run.name,
    config: { stepUnit: "day", about: run.about, model: MODEL, source: SOURCE },
    planned: {},
    archived: true,
    createdAt: new Date(begins),
    startedAt: new Date(begins),
    finishedAt: new Date(ends),
    updatedAt: new Date(ends),
    finishStatus: "finished",
    attempt: 1,
    step: lastStep,
    dayTimeZone: "Asia/Shanghai",
    dayHour: 16,
    attempts: {
      create: {
        number: 1,
        fromStep: 0,
        reason: "The training began.",
        startedAt: new Date(begins),
        lastStep,
      },
    },
  };
}

/** A day's loss is the one it closed with; the first day also has the one it began with, as step 0. */
function pointsOf(
  reports: DailyReport[],
  { begins, column }: { begins: number; column: (typeof METRICS)[keyof typeof METRICS] },
) {
  const found = reports.flatMap((report) => {
    const value = report[column];
    return value === null ? [] : [{ time: report.closedAt, value }];
  });
  const first = column === "lossEnd" ? reports.find(({ lossBegin }) => lossBegin !== null) : null;
  if (first?.lossBegin !== null && first?.lossBegin !== undefined) {
    found.unshift({ time: begins, value: first.lossBegin });
  }
  return {
    steps: Float64Array.from(found, ({ time }) => daysBetween(begins, time)),
    times: Float64Array.from(found, ({ time }) => time),
    values: Float64Array.from(found, ({ value }) => value),
  };
}

type ToldEvent = { id: string; kind: string; step: bigint; time: Date; message: string };

/** A report as the day's log: its own figures, nothing computed; what of them is missing stays so. */
function toLog(
  run: ArchivedRun,
  report: DailyReport,
  events: ToldEvent[],
): Prisma.DailyLogCreateManyInput {
  const to = report.closedAt;
  const from = to - DAY_MS;
  const day = events.flatMap((event) => {
    const time = event.time.getTime();
    return time > from && time <= to ? [{ ...event, step: Number(event.step), time }] : [];
  });
  return {
    runId: run.id,
    day: report.date,
    fromTime: new Date(from),
    toTime: new Date(to),
    figures: {
      lossBegin: report.lossBegin,
      lossEnd: report.lossEnd,
      gradNorm: report.gradNorm,
      firstStep: daysBetween(closeOf(run.begins), from),
      lastStep: daysBetween(closeOf(run.begins), to),
      tokens: null,
      tokensTotal: null,
      dataGb: report.dataGb,
      progressPercent: report.progressPct,
      tokensPerSecond: null,
      energyKwh: null,
      co2eKg: null,
      cost: null,
      nonFinite: null,
    },
    events: day,
    eventCount: day.length,
    source: "archive",
    draftedAt: new Date(to),
  };
}

function eventsOf(run: ArchivedRun, reports: DailyReport[]): Prisma.RunEventCreateManyInput[] {
  const begins = closeOf(run.begins);
  const ends = closeOf(run.ends);
  const jumps = reports.flatMap((report, index) => {
    const before = reports[index - 1]?.lossEnd ?? null;
    const { lossBegin, closedAt, date } = report;
    if (before === null || lossBegin === null || Math.abs(lossBegin - before) < JUMP) {
      return [];
    }
    const message = `The report of ${date} begins at a loss of ${lossBegin}, though the day before had closed at ${before}.`;
    return [{ kind: "note", time: closedAt, message }];
  });
  const events = [
    { kind: "start", time: begins, message: `${run.name} began.` },
    ...jumps,
    { kind: "finish", time: ends, message: `The last daily report of ${run.name}.` },
  ];
  return events.map(({ kind, time, message }, index) => ({
    id: `evt_${run.id}_${index}`,
    runId: run.id,
    attempt: 1,
    kind,
    step: daysBetween(begins, time),
    time: new Date(time),
    message,
    source: "server",
    createdAt: new Date(time),
  }));
}
