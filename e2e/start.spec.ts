import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Running, startNode } from "./support/process.ts";

// The starter as a person meets it: one installation, killed part by part, started again, stopped.
let dataDir: string;
let port: number;
let env: Record<string, string>;
let starter: Running;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "cpm-live-start-"));
  chmodSync(dataDir, 0o755); // Reachable for the unprivileged user that Postgres runs as.
  const probe = await occupy(0);
  port = portOf(probe);
  await new Promise((done) => probe.close(done));
  // Of what the test runner set, the starter must see nothing.
  env = { DATA_DIR: dataDir, PORT: String(port), HOST: "127.0.0.1", DATABASE_URL: "" };
});

afterAll(async () => {
  await starter?.stop("SIGTERM");
  rmSync(dataDir, { recursive: true, force: true });
});

async function occupy(wanted: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(wanted, "127.0.0.1", done));
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

type Lock = { holder: { pid: number }; children: Record<string, { pid: number } | undefined> };
const lockFile = () => join(dataDir, "start.lock");
const lock = (): Lock => JSON.parse(readFileSync(lockFile(), "utf8"));
const start = () => startNode(["start.mjs", "--recipe", "tiny"], env);

type Listed = { runs: { name: string; status: string; step: number }[] };

async function listRuns(): Promise<Listed["runs"]> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/runs`);
  return ((await answer.json()) as Listed).runs;
}

/** Waits until the portal answers with the finished run, as after each disturbance it must again. */
async function settled(): Promise<void> {
  await vi.waitFor(
    async () => {
      const tiny = (await listRuns()).find(({ name }) => name === "tiny");
      expect(tiny).toMatchObject({ status: "finished", step: 40 });
    },
    { timeout: 60_000, interval: 200 },
  );
}

test("a port that is taken is told before anything long begins", async () => {
  const other = await occupy(port);
  const refused = start();
  expect(await refused.stop("SIGCONT")).toBe(1);
  expect(refused.output()).toContain(`Port ${port} is taken by another program.`);
  expect(existsSync(lockFile())).toBe(false);
  await new Promise((done) => other.close(done));
});

test("one command brings database, history, portal and trainer up", async () => {
  starter = start();
  await starter.waitFor(/first point .* after the start/, 200_000);
  await settled();
  expect((await listRuns()).map(({ name }) => name)).toEqual(
    expect.arrayContaining(["CPM-Ant", "CPM-Ant+", "CPM-Bee"]),
  );
  expect(statSync(join(dataDir, "trainer", "token")).mode & 0o777).toBe(0o600);
});

test("a second start says who holds the data folder", async () => {
  const second = startNode(["start.mjs"], { ...env, PORT: "0" });
  expect(await second.stop("SIGCONT")).toBe(1);
  expect(second.output()).toMatch(
    new RegExp(`already runs on this data folder: process ${lock().holder.pid} on `),
  );
});

test("a killed portal is started again", async () => {
  const before = lock().children["portal"]?.pid ?? 0;
  process.kill(before, "SIGKILL");
  await starter.waitFor(/portal +ended unasked \(SIGKILL\)/);
  await vi.waitFor(() => expect(lock().children["portal"]?.pid ?? before).not.toBe(before), 20_000);
  await settled();
});

test("a killed database is started again, and the portal finds it", async () => {
  const postmaster = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8");
  process.kill(Number(postmaster.split("\n")[0]), "SIGKILL");
  await starter.waitFor(/database +runs again/);
  await settled();
});

test("what a killed starter left behind is ended, and the run goes on", async () => {
  const { portal } = lock().children;
  expect(await starter.stop("SIGKILL")).toBe(null);
  await settled(); // The portal outlives its starter.
  starter = start();
  await starter.waitFor(
    new RegExp(`ending the portal of a killed start \\(process ${portal?.pid}\\)`),
  );
  await starter.waitFor(/database +embedded, found running/);
  await starter.waitFor(/Ctrl-C stops everything/, 120_000);
  await settled();
});

test("a stop ends trainer, portal and database, in this order, and lets go of the lock", async () => {
  expect(await starter.stop("SIGINT")).toBe(0);
  expect(starter.output()).toMatch(
    /trainer +stopped[\s\S]*portal +stopped[\s\S]*database +stopped/,
  );
  expect(existsSync(lockFile())).toBe(false);
  expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow("fetch failed");
});
