// Logging through the public API into a durable database, and bulk import.
//   npm run bench -- ingest [SECONDS]      SECONDS per case, 5 when left out
// The portal is a process of its own (server/main.ts --no-pages), Postgres another with fsync on, and this process is the
// trainer: it makes the values, writes the JSON, and sends one batch at a time per run, as the real one does. All of them
// share the machine. Loss, learning rate and throughput are among the values, so the event detectors have their work. After
// each case every acknowledged point is counted in the database: none may be missing.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createToken } from "#server/auth/create-token.ts";
import { importSeries } from "#server/metrics/import-series.ts";
import { newPoints, type Points } from "#server/metrics/points.ts";
import { readSeries } from "#server/metrics/read-series.ts";
import { createDb } from "#server/platform/db.ts";
import type { Pool } from "#server/platform/pool.ts";
import { startBenchDatabase } from "./database.ts";
import type { Bench, BenchReport } from "./main.ts";
import { type BenchPortal, startBenchPortal } from "./portal.ts";

const POINTS_PER_SECOND = 100_000;
const IMPORTED_PER_SECOND = 1_000_000;
const IMPORTED = 4_000_000;
const BLOCK = 65_536;
const WARM_UP_MS = 500;
const START_MS = 1_700_000_000_000;
/** What the event detectors watch comes first, so that every case pays for them. */
const KEYS = [
  "loss",
  "lr",
  "throughput/tokens_per_second",
  ...Array.from({ length: 57 }, (_, place) => `layer/${place}/norm`),
];

/** `runs` report at once, each `keys` values at each of `steps` steps per batch. */
type Shape = { name: string; runs: number; keys: number; steps: number };
const SHAPES: Shape[] = [
  { name: "1 run, 1 key × 1000 steps", runs: 1, keys: 1, steps: 1_000 },
  { name: "1 run, 60 keys × 17 steps", runs: 1, keys: 60, steps: 17 },
  { name: "1 run, 60 keys × 1000 steps", runs: 1, keys: 60, steps: 1_000 },
  { name: "4 runs, 60 keys × 17 steps", runs: 4, keys: 60, steps: 17 },
];

export const run: Bench = async (report, options) => {
  const seconds = Number(options[0] ?? 5);
  const database = await startBenchDatabase();
  try {
    const portal = await startBenchPortal(database.url);
    try {
      const token = await makeToken(database.url);
      for (const shape of SHAPES) {
        await measureShape({
          shape,
          seconds,
          site: { portal, token },
          pool: database.pool,
          report,
        });
      }
    } finally {
      await portal.stop();
    }
    await measureImport(database.pool, report);
  } finally {
    await database.stop();
  }
};

type Site = { portal: BenchPortal; token: string };
type Case = { shape: Shape; seconds: number; site: Site; pool: Pool; report: BenchReport };

async function measureShape({ shape, seconds, site, pool, report }: Case): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: shape.runs });
  const trainers = await Promise.all(
    Array.from({ length: shape.runs }, () => Trainer.start({ site, agent, shape })),
  );
  await Promise.all(trainers.map((trainer) => trainer.trainUntil(performance.now() + WARM_UP_MS)));
  const before = total(trainers, ({ points }) => points);
  const workBefore = processorMs(site.portal.pid);
  const started = performance.now();
  const latencies = await Promise.all(
    trainers.map((trainer) => trainer.trainUntil(started + seconds * 1000)),
  );
  const elapsed = (performance.now() - started) / 1000;
  const work = processorMs(site.portal.pid) - workBefore;
  agent.destroy();
  const sorted = latencies.flat().sort((a, b) => a - b);
  const sent = total(trainers, ({ points }) => points);
  report({
    case: shape.name,
    metric: "durable points",
    value: Math.round((sent - before) / elapsed),
    unit: "points/s",
    bar: { atLeast: POINTS_PER_SECOND },
  });
  if (Number.isFinite(work)) {
    const value = Math.round((100_000 * work) / (sent - before)) / 100;
    report({ case: shape.name, metric: "portal's processor time", value, unit: "ms/1000 points" });
  }
  for (const share of [0.5, 0.99]) {
    const value = Math.round(quantile(sorted, share) * 10) / 10;
    report({ case: shape.name, metric: `batch p${share * 100}`, value, unit: "ms" });
  }
  const stored = await Promise.all(trainers.map(({ id }) => countStored(pool, id, shape)));
  report({
    case: shape.name,
    metric: "acknowledged points not stored exactly once",
    value: Math.abs(sent - stored.reduce((sum, points) => sum + points, 0)),
    unit: "points",
    bar: { atMost: 0 },
  });
}

const TICK_MS = 10;

/** What a process has used of the processors: says the same on a busy machine. NaN where there is no /proc. */
function processorMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}

function total(trainers: Trainer[], of: (trainer: Trainer) => number): number {
  return trainers.reduce((sum, trainer) => sum + of(trainer), 0);
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** One run that reports as fast as it is answered, one batch in flight. */
class Trainer {
  readonly id: string;
  /** Points acknowledged so far. */
  points = 0;
  private readonly start: Start;
  private batch = 0;
  private step = 0;

  private constructor(id: string, start: Start) {
    this.id = id;
    this.start = start;
  }

  static async start(start: Start): Promise<Trainer> {
    const run = { project: "bench", name: start.shape.name };
    const { id } = (await post(start, "/api/v1/runs", run)) as { id: string };
    await post(start, `/api/v1/runs/${id}/attempts`, { fromStep: 0, reason: "The bench starts." });
    return new Trainer(id, start);
  }

  /** Sends batches until then (performance.now()); answers how long each took, its making included, in milliseconds. */
  async trainUntil(end: number): Promise<number[]> {
    const latencies: number[] = [];
    while (performance.now() < end) {
      const began = performance.now();
      const answer = await post(this.start, `/api/v1/runs/${this.id}/log`, this.nextBatch());
      this.points += (answer as { accepted: number }).accepted;
      latencies.push(performance.now() - began);
    }
    return latencies;
  }

  private nextBatch(): unknown {
    const { keys, steps } = this.start.shape;
    const first = this.step;
    this.step += steps;
    this.batch += 1;
    const rows = Array.from({ length: steps }, (_, row) => first + row);
    const series = Object.fromEntries(
      KEYS.slice(0, keys).map((key, place) => [
        key,
        rows.map((step) => 2 + 8 / (1 + step / 1000) + place + Math.random() * 0.3),
      ]),
    );
    const times = rows.map((step) => START_MS + step * 820);
    return { attempt: 1, batch: this.batch, steps: rows, times, series };
  }
}

type Start = { site: Site; agent: Agent; shape: Shape };

/** Sends JSON and answers the parsed answer. Throws on any status but 2xx: a bench has no bad days. */
function post({ site, agent }: Start, path: string, value: unknown): Promise<unknown> {
  const body = JSON.stringify(value);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      agent,
      host: "127.0.0.1",
      port: site.portal.port,
      method: "POST",
      path,
      headers: {
        authorization: `Bearer ${site.token}`,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      },
    });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        const good = (response.statusCode ?? 500) < 300;
        if (good) {
          resolve(JSON.parse(text));
        } else {
          reject(new Error(`${path} was answered ${response.statusCode}: ${text}`));
        }
      });
    });
    outgoing.end(body);
  });
}

async function makeToken(url: string): Promise<string> {
  const db = createDb(url);
  try {
    return (await createToken(db, { scope: "ingest", label: "bench" })).secret;
  } finally {
    await db.$disconnect();
  }
}

/** Reads the run's series back as a page would, and counts the points under their buckets. */
async function countStored(pool: Pool, runId: string, { keys }: Shape): Promise<number> {
  const { series } = await readSeries(pool, { runId, keys: KEYS.slice(0, keys), buckets: 1_000 });
  return Object.values(series).reduce(
    (sum, one) =>
      sum +
      (one.kind === "raw" ? one.steps.length : one.count.reduce((all, count) => all + count, 0)),
    0,
  );
}

async function measureImport(pool: Pool, report: BenchReport): Promise<void> {
  const blocks = [...makeBlocks(IMPORTED)];
  const runId = "run_import";
  await pool.query(`insert into "Project" (id) values ('import')`);
  await pool.query(
    `insert into "Run" (id, "projectId", name, config, planned, attempt) values ($1, 'import', 'Imported', '{}', '{}', 1)`,
    [runId],
  );
  const started = performance.now();
  const { points } = await importSeries(pool, { runId, attempt: 1, key: "loss", blocks });
  report({
    case: "bulk import, one series",
    metric: "durable points",
    value: Math.round(points / ((performance.now() - started) / 1000)),
    unit: "points/s",
    bar: { atLeast: IMPORTED_PER_SECOND },
  });
}

function* makeBlocks(count: number): Generator<Points> {
  for (let first = 0; first < count; first += BLOCK) {
    const block = newPoints(Math.min(BLOCK, count - first));
    for (let row = 0; row < block.steps.length; row++) {
      const step = first + row;
      block.steps[row] = step;
      block.times[row] = START_MS + step * 820 + Math.floor(Math.random() * 40);
      block.values[row] = 2 + 8 / (1 + step / 1000) + Math.random() * 0.3;
    }
    yield block;
  }
}
