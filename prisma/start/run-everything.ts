// The second half of `npm start`, on the project's own Node: database, history, pages, portal, trainer; then it
// waits, starts again what dies, and stops everything in order.
import { join } from "node:path";
import { createDb } from "#server/platform/db.ts";
import { createPool, type Pool } from "#server/platform/pool.ts";
import { migrate } from "../migrate.ts";
import { seedArchive } from "../scenarios/archive.ts";
import { buildPages } from "./build-pages.mjs";
import { copyPages, removePages } from "./copy-pages.mjs";
import { type KeptDatabase, keepDatabase } from "./keep-database.ts";
import { readFrom, sizeOf } from "./log-file.ts";
import { PORTAL_FLAGS } from "./portal-flags.mjs";
import { line, StartError, say, seconds, step } from "./progress.mjs";
import { type Supervised, supervise } from "./supervise.ts";
import { trainerToken } from "./trainer-token.ts";

const TRAINER_PATIENCE_MS = 60_000;
const PORTAL_PATIENCE_MS = 15_000;

export type StartSettings = {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | null;
  /** What children start from. */
  environment: NodeJS.ProcessEnv;
  recipe: string;
  train: boolean;
  /** When the command was given, Unix milliseconds. */
  began: number;
  lock: {
    update(change: { url: string }): void;
    noteChild(name: string, pid: number | undefined): void;
  };
  /** Hands over what a signal shall do; true when one has come already. */
  onStop(handler: (hard: boolean) => void): boolean;
};

type Parts = { trainer?: Supervised; portal?: Supervised; database?: KeptDatabase };

/** Where a start stands: what runs, and whether it has been asked to stop (once, or again). */
type State = { settings: StartSettings; parts: Parts; stopping: boolean; hard: boolean };

/** Everything, until a signal stops it. */
export async function runEverything(settings: StartSettings): Promise<void> {
  const state: State = { settings, parts: {}, stopping: false, hard: false };
  const asked = new Promise<void>((done) => {
    state.stopping = settings.onStop((again) => {
      state.stopping = true;
      done();
      if (again && !state.hard) {
        state.hard = true;
        say("  Stopping at once.");
        void state.parts.trainer?.stop(0);
        void state.parts.portal?.stop(0);
      }
    });
  });
  try {
    await bringUp(state);
    await asked;
  } catch (error) {
    // A step that a signal broke off is not a failure.
    if (!state.stopping) {
      throw error;
    }
  } finally {
    state.stopping = true;
    await takeDown(state);
  }
}

async function bringUp(state: State): Promise<void> {
  const { settings, parts } = state;
  const { dataDir, databaseUrl } = settings;
  await step("database", "starting", async () => {
    const isStopping = () => state.stopping;
    parts.database = await keepDatabase({ dataDir, given: databaseUrl, isStopping });
    return parts.database.how;
  });
  const url = parts.database?.url ?? "";
  await step("migrations", "applying", async () => {
    const applied = await migrate(url);
    return applied.length === 0 ? "up to date" : `${applied.length} applied`;
  });
  const pool = createPool(url, 2);
  const db = createDb(url);
  try {
    await step("history", "loading", async () => await seedArchive({ pool, db }));
    await unlessStopping(state, buildPages);
    await unlessStopping(state, () => openPortal(state, url));
    if (settings.train) {
      const token = await trainerToken({ pool, db }, join(dataDir, "trainer", "token"));
      await unlessStopping(state, async () => startTrainer(state, token));
      void announceFirstPoint(state, url);
    }
  } finally {
    await Promise.all([pool.end(), db.$disconnect()]);
  }
  say(`\n  Open ${addressFor(settings)}   (Ctrl-C stops everything)\n`);
}

async function unlessStopping(state: State, work: () => Promise<void>): Promise<void> {
  if (state.stopping) {
    throw new StartError("Stopped.");
  }
  await work();
}

function addressFor({ host, port }: StartSettings): string {
  const open = host === "0.0.0.0" || host === "::";
  return `http://${open ? "localhost" : host}:${port}`;
}

async function openPortal(state: State, url: string): Promise<void> {
  const { settings, parts } = state;
  const { dataDir, port, host, lock } = settings;
  const address = addressFor(settings);
  await step("portal", "starting", async () => {
    const pages = copyPages();
    const portal = supervise({
      name: "portal",
      command: [process.execPath, ...PORTAL_FLAGS, "server/main.ts"],
      env: {
        ...settings.environment,
        DATABASE_URL: url,
        DATA_DIR: dataDir,
        PORT: String(port),
        HOST: host,
        ...(pages === null ? {} : { PAGES_DIR: pages }),
      },
      logFile: join(dataDir, "log", "portal.log"),
      onPid: (pid) => lock.noteChild("portal", pid),
    });
    parts.portal = portal;
    await answering(address, () => state.stopping || portal.crashes() > 1);
    lock.update({ url: address });
    return `answers at ${address}`;
  });
}

async function answering(address: string, gaveUp: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && !gaveUp()) {
    const up = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5_000) })
      .then(async (answer) => {
        await answer.arrayBuffer();
        return true;
      })
      .catch(() => false);
    if (up) {
      return;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new StartError(
    "The portal does not answer. Its log, log/portal.log in the data folder, says why.",
  );
}

function startTrainer({ settings, parts }: State, token: string): void {
  const { recipe, dataDir, lock } = settings;
  parts.trainer = supervise({
    name: "trainer",
    command: [
      process.execPath,
      "trainer/main.ts",
      "train",
      "--recipe",
      recipe,
      "--out",
      join(dataDir, "trainer", recipe),
      "--resume",
    ],
    // By the environment, not by arguments, which every user of the machine can read.
    env: {
      ...settings.environment,
      CPM_PORTAL_URL: addressFor(settings),
      CPM_PORTAL_TOKEN: token,
      DATA_DIR: dataDir,
    },
    logFile: join(dataDir, "log", "trainer.log"),
    lowPriority: true,
    mayFinish: true,
    onPid: (pid) => lock.noteChild("trainer", pid),
  });
  line("trainer", `training "${recipe}" at low priority`);
}

/** Shows what the trainer says until its first numbers have reached the database, and how long that took. */
async function announceFirstPoint(state: State, url: string): Promise<void> {
  const file = join(state.settings.dataDir, "log", "trainer.log");
  const since = new Date();
  const pool = createPool(url, 1);
  let position = sizeOf(file);
  try {
    while (!state.stopping) {
      const { text, end } = readFrom(file, position);
      position = end;
      for (const words of text.split(/[\r\n]+/).filter((row) => row.trim() !== "")) {
        say(`    ${words}`);
      }
      if (await hasPoints(pool, since)) {
        line("live", `first point ${seconds(Date.now() - state.settings.began)} after the start`);
        return;
      }
      await new Promise((done) => setTimeout(done, 250));
    }
  } finally {
    await pool.end();
  }
}

async function hasPoints(pool: Pool, since: Date): Promise<boolean> {
  const { rowCount } = await pool
    .query(`select 1 from "RunMessage" where "createdAt" >= $1 and points > 0 limit 1`, [since])
    .catch(() => ({ rowCount: 0 })); // The database is away for a moment: ask again.
  return rowCount === 1;
}

/** Trainer, portal, database, in this order: each may still need the next one. */
async function takeDown(state: State): Promise<void> {
  const { trainer, portal, database } = state.parts;
  const patience = (milliseconds: number) => (state.hard ? 0 : milliseconds);
  if (trainer !== undefined) {
    await step("trainer", "writing its checkpoint", async () =>
      (await trainer.stop(patience(TRAINER_PATIENCE_MS))) ? "stopped" : "ended by force",
    );
  }
  if (portal !== undefined) {
    await step("portal", "finishing what it answers", async () =>
      (await portal.stop(patience(PORTAL_PATIENCE_MS))) ? "stopped" : "ended by force",
    );
    removePages();
  }
  // A database that was given is not ours to stop.
  if (database !== undefined && state.settings.databaseUrl === null) {
    await step("database", "stopping", async () => {
      await database.stop();
      return "stopped";
    });
  }
}
