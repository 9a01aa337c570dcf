// Events found in curves whose events are known: precision and recall by kind, and what is found in the archived CPM-Live history.
//   npm run bench -- events [ROUNDS] [--show]     ROUNDS of five curves each, 4 when left out; --show lists every mistake
// One of the five is a real training's loss and rate (bench/events/cpm-ant-small.csv), the others are computed. Into each,
// events are planted at drawn places, and things that are no events: slow single steps, short pauses, late points, low
// losses. Everything goes through the verbs of the reporting API into a real database, every fifth batch twice, by a clock
// of the bench's own; what is then read is what a page would show. An event told twice counts as wrong.
import { createDb } from "#server/platform/db.ts";
import type { Pool } from "#server/platform/pool.ts";
import { announceStalls } from "#server/runs/announce-stalls.ts";
import { appendLog } from "#server/runs/append-log.ts";
import { checkBatch } from "#server/runs/check-batch.ts";
import { detectHistory } from "#server/runs/detect-history.ts";
import { finishRun } from "#server/runs/finish-run.ts";
import { openAttempt } from "#server/runs/open-attempt.ts";
import { startRun } from "#server/runs/start-run.ts";
import { seedArchive } from "../prisma/scenarios/archive.ts";
import { startBenchDatabase } from "./database.ts";
import { type Act, type Curve, drawCurves, type Kind, type Row } from "./events/curves.ts";
import { type Found, type Score, scoreOf } from "./events/score.ts";
import type { Bench, BenchReport } from "./main.ts";

const KINDS: Kind[] = ["spike", "nan", "rollback", "slow", "rate", "data", "stall"];
const AT_LEAST = 0.95;
const STEPS_PER_BATCH = 25;
const START_MS = 1_700_000_000_000;
const LOOK_EVERY_MS = 5_000;

export const run: Bench = async (report, options) => {
  const rounds = Number(options.find((word) => /^\d+$/.test(word)) ?? 4);
  const show = options.includes("--show");
  const database = await startBenchDatabase();
  try {
    const total = new Map<Kind, Score>();
    for (const curve of drawCurves(rounds)) {
      const found = await replay(database.pool, curve);
      for (const [kind, score] of scoreOf(KINDS, curve.truths, found)) {
        add(total, kind, score);
      }
      if (show) {
        showMistakes(curve, found);
      }
    }
    reportScores(report, total);
    await reportArchive(database.pool, database.url, report);
  } finally {
    await database.stop();
  }
};

function add(total: Map<Kind, Score>, kind: Kind, score: Score): void {
  const { right, found, known } = total.get(kind) ?? { right: 0, found: 0, known: 0 };
  total.set(kind, {
    right: right + score.right,
    found: found + score.found,
    known: known + score.known,
  });
}

function reportScores(report: BenchReport, total: Map<Kind, Score>): void {
  for (const [kind, { right, found, known }] of total) {
    const bar = { atLeast: AT_LEAST };
    report({ case: kind, metric: "known", value: known, unit: "events" });
    report({ case: kind, metric: "found", value: found, unit: "events" });
    report({ case: kind, metric: "precision", value: rounded(right / found), unit: "share", bar });
    report({ case: kind, metric: "recall", value: rounded(right / known), unit: "share", bar });
  }
}

const rounded = (share: number) => Math.round(share * 1_000) / 1_000;

/** Plays a curve as a trainer would report it, and answers the events that the portal told. */
async function replay(pool: Pool, curve: Curve): Promise<Found[]> {
  const player = await Player.start(pool, curve);
  let rows: Row[] = [];
  for (const act of curve.acts) {
    if (act.do === "log") {
      rows.push(act.row);
    }
    if (rows.length > 0 && (act.do !== "log" || rows.length === STEPS_PER_BATCH)) {
      await player.log(rows);
      rows = [];
    }
    await player.follow(act);
  }
  if (rows.length > 0) {
    await player.log(rows);
  }
  await finishRun(pool, { runId: player.id, finish: { status: "finished" }, now: player.now });
  const { rows: found } = await pool.query<Found>(
    `select kind, attempt, step from "RunEvent" where "runId" = $1 order by time, step`,
    [player.id],
  );
  return found;
}

class Player {
  readonly id: string;
  now = START_MS;
  private readonly pool: Pool;
  private readonly stepMs: number;
  private attempt = 1;
  private batch = 0;

  private constructor(pool: Pool, id: string, stepMs: number) {
    this.pool = pool;
    this.id = id;
    this.stepMs = stepMs;
  }

  static async start(pool: Pool, { name, stepMs }: Curve): Promise<Player> {
    const run = { project: "bench", name, config: {}, planned: {} };
    const { id } = await startRun(pool, { run, now: START_MS, origin: "" });
    const player = new Player(pool, id, stepMs);
    await player.open(0);
    return player;
  }

  async follow(act: Act): Promise<void> {
    if (act.do === "wait") {
      await this.pass(act.ms);
    } else if (act.do === "attempt") {
      this.attempt += 1;
      this.batch = 0;
      await this.open(act.fromStep);
    }
  }

  async log(rows: Row[]): Promise<void> {
    const began = this.now;
    await this.pass(rows.length * this.stepMs);
    this.batch += 1;
    const batch = checkBatch({
      attempt: this.attempt,
      batch: this.batch,
      steps: rows.map(({ step }) => step),
      times: rows.map((_, place) => began + (place + 1) * this.stepMs),
      series: {
        loss: rows.map(({ loss }) => (Number.isFinite(loss) ? loss : String(loss))),
        lr: rows.map(({ lr }) => lr),
        "throughput/tokens_per_second": rows.map(({ speed }) => speed),
        "data/weight/zh": rows.map(({ weight }) => weight),
      },
    });
    for (let time = this.batch % 5 === 0 ? 2 : 1; time > 0; time--) {
      await appendLog(this.pool, { runId: this.id, batch, now: this.now });
    }
  }

  private async open(fromStep: number): Promise<void> {
    const attempt = { fromStep, reason: "The bench says so." };
    await openAttempt(this.pool, { runId: this.id, attempt, now: this.now });
  }

  /** Time goes by while the portal looks for silent runs, as it does. */
  private async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    while (this.now + LOOK_EVERY_MS < until) {
      this.now += LOOK_EVERY_MS;
      await announceStalls(this.pool, { now: this.now, listeningSince: 0 });
    }
    this.now = until;
  }
}

function showMistakes(curve: Curve, found: Found[]): void {
  for (const kind of KINDS) {
    const { right, found: told, known } = scoreOf([kind], curve.truths, found).get(kind) as Score;
    if (right < told || right < known) {
      const list = (events: Found[]) =>
        events
          .filter((event) => event.kind === kind)
          .map(({ attempt, step }) => `${attempt}:${step}`);
      console.error(`${curve.name}, ${kind}: known ${list(curve.truths)}; found ${list(found)}`);
    }
  }
}

async function reportArchive(pool: Pool, url: string, report: BenchReport): Promise<void> {
  const db = createDb(url);
  await seedArchive({ pool, db });
  await db.$disconnect();
  const { rows } = await pool.query<{ runId: string; kind: string; count: number }>(
    `select "runId", kind, count(*) as count from "RunEvent" where detected is not null group by 1, 2 order by 1, 2`,
  );
  for (const { runId, kind, count } of rows) {
    report({ case: `archive ${runId}`, metric: kind, value: count, unit: "events" });
  }
  let again = 0;
  for (const runId of new Set(rows.map((row) => row.runId))) {
    again += await detectHistory(pool, { runId, attempt: 1 });
  }
  const bar = { atMost: 0 };
  report({
    case: "archive",
    metric: "found anew when looked through again",
    value: again,
    unit: "events",
    bar,
  });
}
