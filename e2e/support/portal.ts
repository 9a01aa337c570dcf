import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createToken } from "#server/auth/create-token.ts";
import { type TestDatabase, testDatabase } from "#server/testing/database.ts";
import { copyPages, removePages } from "../../prisma/start/copy-pages.mjs";
import { type Running, startNode } from "./process.ts";

export type Portal = {
  url: string;
  token: string;
  database: TestDatabase;
  dataDir: string;
  /** Ends the portal's process and starts another on the same address. */
  restart(pauseMs?: number): Promise<void>;
  /** Ends the portal's process; `serveAgain` starts another on the same address. */
  stopServing(): Promise<void>;
  serveAgain(): Promise<void>;
  /** A trainer that reports here. `args` come after `train`. */
  trainer(args: string[]): Running;
  /** POST with the token; throws with the answer's text when it is refused. */
  post<T>(path: string, body: unknown): Promise<T>;
  stop(): Promise<void>;
};

/** The built portal on a fresh database and a free port: what `npm start` runs, without the starter. `settings` go into its environment. */
export async function startPortal(
  settings: (url: string) => Record<string, string> = () => ({}),
): Promise<Portal> {
  const pages = copyPages();
  if (pages === null) {
    throw new Error("The pages are not built. Run npm run build, or npm test, which does.");
  }
  const database = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "cpm-live-portal-"));
  const { secret: token } = await createToken(database.db, {
    scope: "ingest",
    label: "browser tests",
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const launch = async () => {
    const started = startNode(["server/main.ts"], {
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      HOST: "127.0.0.1",
      PORT: String(port),
      PAGES_DIR: pages,
      ...settings(url),
    });
    await started.waitFor(/The portal is ready/);
    return started;
  };
  let running = await launch();
  return {
    url,
    token,
    database,
    dataDir,
    restart: async (pauseMs = 0) => {
      await running.stop();
      await new Promise((done) => setTimeout(done, pauseMs));
      running = await launch();
    },
    stopServing: async () => {
      await running.stop();
    },
    serveAgain: async () => {
      running = await launch();
    },
    trainer: (args) =>
      startNode(["trainer/main.ts", "train", ...args, "--portal", url, "--token", token], {}),
    post: async (path, body) => {
      const answer = await fetch(`${url}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!answer.ok) {
        throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
      }
      return await answer.json();
    },
    stop: async () => {
      await running.stop();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
      removePages();
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === "string") {
    throw new Error("No free port.");
  }
  return address.port;
}
