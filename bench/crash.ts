// kill -9 of portal, database and trainer at random moments of a run: what was acknowledged is there, once.
//   npm run bench -- crash [kills] [steps] [seed]
// The same plan is trained twice. The first time nothing disturbs it. The second time it reports to a portal, and one of
// the three processes is killed again and again, and started again as an operator would. At the end, the portal's history,
// stitched from its attempts, must equal the undisturbed losses bit for bit, and no batch may be stored twice.
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createToken } from "#server/auth/create-token.ts";
import { readSeries } from "#server/metrics/read-series.ts";
import { createDb } from "#server/platform/db.ts";
import { createPool, type Pool } from "#server/platform/pool.ts";
import { startEmbeddedPostgres } from "../prisma/embedded.ts";
import { migrate } from "../prisma/migrate.ts";
import type { BenchReport } from "./main.ts";

const root = join(import.meta.dirname, "..");
const SHORTEST_CALM_MS = 1_000;
const LONGEST_CALM_MS = 6_000;
const END_PATIENCE_MS = 300_000;
/** Larger than any step count here, so that readSeries answers with the raw points. */
const RAW = 4_000;

type Victim = "portal" | "database" | "trainer";
const VICTIMS: Victim[] = ["portal", "database", "trainer"];

export async function run(report: BenchReport, options: string[]): Promise<void> {
  const [kills = 20, steps = 6_000, seed = Date.now() % 1_000_000] = options.map(Number);
  const folder = mkdtempSync(join(tmpdir(), "cpm-live-crash-"));
  chmodSync(folder, 0o755);
  console.error(`Seed ${seed}. Training ${steps} steps undisturbed …`);
  const calm = await trainCalmly(join(folder, "calm"), steps);
  const system = await startSystem(folder, steps);
  try {
    const done = await disturb(system, { kills, random: randomFrom(seed) });
    const began = Date.now();
    await system.finished(END_PATIENCE_MS);
    console.error(
      `The run ended ${Math.round((Date.now() - began) / 1000)} s after the last kill.`,
    );
    for (const victim of VICTIMS) {
      report({
        case: "kills",
        metric: victim,
        value: done[victim],
        unit: "kills",
        bar: { atLeast: 1 },
      });
    }
    const total = done.portal + done.database + done.trainer;
    report({ case: "kills", metric: "all", value: total, unit: "kills", bar: { atLeast: kills } });
    await compare(report, {
      pool: system.pool(),
      calm,
      steps,
      journal: lossesOf(join(folder, "trainer")),
    });
  } finally {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** mulberry32: the kills of a seed can be repeated, as far as the machine's timing allows. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function trainerArguments(out: string, steps: number): string[] {
  return [
    "trainer/main.ts",
    "train",
    "--recipe",
    "tiny",
    "--steps",
    String(steps),
    "--out",
    out,
    "--resume",
  ];
}

async function trainCalmly(out: string, steps: number): Promise<Map<number, number>> {
  const child = start(trainerArguments(out, steps), {});
  const code = await ended(child);
  if (code !== 0) {
    throw new Error(`The undisturbed training ended with code ${code}.`);
  }
  return lossesOf(out);
}

/** The last loss that the trainer's own day logs hold for each step. */
function lossesOf(out: string): Map<number, number> {
  const losses = new Map<number, number>();
  for (const name of readdirSync(out)
    .filter((file) => /^log\..*\.txt$/.test(file))
    .sort()) {
    for (const line of readFileSync(join(out, name), "utf8").split("\n")) {
      if (line.endsWith("}")) {
        const { iter, loss } = JSON.parse(line) as { iter: number; loss: number };
        losses.set(iter, loss);
      }
    }
  }
  return losses;
}

function start(args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: root,
    stdio: "ignore",
    env: { ...process.env, NODE_ENV: "production", ...env },
  });
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return child.exitCode;
  }
  return await new Promise((done) => child.once("exit", (code) => done(code)));
}

const strike = async (child: ChildProcess) => {
  child.kill("SIGKILL");
  await ended(child);
};

type System = {
  kill(victim: Victim): Promise<boolean>;
  finished(patienceMs: number): Promise<void>;
  running(): boolean;
  pool(): Pool;
  stop(): Promise<void>;
};

async function startSystem(folder: string, steps: number): Promise<System> {
  const dataDir = join(folder, "data");
  let database = await startEmbeddedPostgres({ dataDir });
  await migrate(database.url);
  const pool = createPool(database.url);
  const db = createDb(database.url);
  const { secret } = await createToken(db, { scope: "ingest", label: "crash" });
  await db.$disconnect();
  const port = await freePort();
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: String(port),
    HOST: "127.0.0.1",
    LOG_LEVEL: "silent",
  };
  const startPortal = () => start(["server/main.ts", "--no-pages"], env);
  const startTrainer = () =>
    start(
      [
        ...trainerArguments(join(folder, "trainer"), steps),
        "--portal",
        `http://127.0.0.1:${port}`,
        "--token",
        secret,
      ],
      {},
    );
  let portal = startPortal();
  let trainer = startTrainer();
  let over = false;
  const watch = (child: ChildProcess) => {
    void ended(child).then((code) => {
      over ||= child === trainer && code === 0;
    });
  };
  watch(trainer);
  return {
    pool: () => pool,
    running: () => !over,
    kill: async (victim) => {
      if (victim === "portal") {
        await strike(portal);
        portal = startPortal();
      } else if (victim === "trainer") {
        await strike(trainer);
        if (over) {
          return false;
        }
        trainer = startTrainer();
        watch(trainer);
      } else {
        process.kill(database.pid, "SIGKILL");
        await sleep(200);
        database = await restartDatabase(dataDir);
      }
      return true;
    },
    finished: async (patienceMs) => {
      const deadline = Date.now() + patienceMs;
      while (!over) {
        if (Date.now() > deadline) {
          throw new Error("The run did not come to its end.");
        }
        await sleep(200);
      }
    },
    stop: async () => {
      await strike(trainer);
      await strike(portal);
      await pool.end();
      await database.stop();
    },
  };
}

/** The killed server's children need a moment to notice; until then a new one refuses to share their memory. */
async function restartDatabase(dataDir: string): ReturnType<typeof startEmbeddedPostgres> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startEmbeddedPostgres({ dataDir });
    } catch (error) {
      if (attempt === 20) {
        throw error;
      }
      await sleep(250);
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address() as { port: number };
  await new Promise((done) => probe.close(done));
  return port;
}

async function disturb(
  system: System,
  { kills, random }: { kills: number; random: () => number },
): Promise<Record<Victim, number>> {
  const done: Record<Victim, number> = { portal: 0, database: 0, trainer: 0 };
  for (let count = 0; count < kills; count++) {
    await sleep(SHORTEST_CALM_MS + random() * (LONGEST_CALM_MS - SHORTEST_CALM_MS));
    if (!system.running()) {
      console.error("The run ended before all kills were done: give it more steps.");
      break;
    }
    const victim = VICTIMS[Math.floor(random() * VICTIMS.length)] ?? "portal";
    console.error(`kill -9 ${victim} (${count + 1} of ${kills})`);
    done[victim] += (await system.kill(victim)) ? 1 : 0;
  }
  return done;
}

type Evidence = {
  pool: Pool;
  calm: Map<number, number>;
  journal: Map<number, number>;
  steps: number;
};

async function compare(
  report: BenchReport,
  { pool, calm, journal, steps }: Evidence,
): Promise<void> {
  const { rows } = await pool.query<{ id: string; finishStatus: string | null }>(
    `select id, "finishStatus" from "Run"`,
  );
  const runId = rows[0]?.id ?? "";
  const attempts = await pool.query<{ number: number }>(
    `select number from "Attempt" where "runId" = $1 order by number`,
    [runId],
  );
  const stitched = new Map<number, number>();
  let differing = 0;
  for (const { number } of attempts.rows) {
    for (const [step, value] of await rawLosses(pool, { runId, attempt: number, steps })) {
      differing += Object.is(value, calm.get(step)) ? 0 : 1;
      stitched.set(step, value);
    }
  }
  let missing = 0;
  for (let step = 1; step <= steps; step++) {
    missing += stitched.has(step) ? 0 : 1;
    differing += Object.is(journal.get(step), calm.get(step)) ? 0 : 1;
  }
  const repeated = await pool.query<{ count: number }>(
    `select count(*) from (select 1 from "RunMessage" where "runId" = $1 and batch > 0 group by attempt, batch having count(*) > 1) as twice`,
    [runId],
  );
  report({
    case: "run",
    metric: "runs_opened",
    value: rows.length,
    unit: "runs",
    bar: { atMost: 1 },
  });
  report({
    case: "run",
    metric: "finished",
    value: rows[0]?.finishStatus === "finished" ? 1 : 0,
    unit: "bool",
    bar: { atLeast: 1 },
  });
  report({ case: "run", metric: "attempts", value: attempts.rows.length, unit: "attempts" });
  report({
    case: "points",
    metric: "steps_missing",
    value: missing,
    unit: "steps",
    bar: { atMost: 0 },
  });
  report({
    case: "points",
    metric: "losses_differing",
    value: differing,
    unit: "points",
    bar: { atMost: 0 },
  });
  report({
    case: "points",
    metric: "batches_twice",
    value: repeated.rows[0]?.count ?? 0,
    unit: "batches",
    bar: { atMost: 0 },
  });
}

type AttemptOf = { runId: string; attempt: number; steps: number };

/** Every stored loss of an attempt; readSeries answers with raw points while a window holds no more than was asked for. */
async function rawLosses(
  pool: Pool,
  { runId, attempt, steps }: AttemptOf,
): Promise<[number, number][]> {
  const losses: [number, number][] = [];
  for (let from = 1; from <= steps; from += RAW) {
    const answer = await readSeries(pool, {
      runId,
      attempt,
      keys: ["loss"],
      x: "step",
      from,
      to: from + RAW - 1,
      buckets: RAW,
    });
    const series = answer.series["loss"];
    if (series?.kind === "raw") {
      losses.push(
        ...series.steps.map((step, i): [number, number] => [step, Number(series.values[i])]),
      );
    } else if (series !== undefined) {
      throw new Error(`Attempt ${attempt} holds more than one point a step.`);
    }
  }
  return losses;
}
