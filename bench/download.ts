// Downloads a large file with 1 and 32 parallel clients, beside nginx with sendfile in the same run; pages are asked for meanwhile.
//   npm run bench -- download [MIB]      size of the file, 2 048 when left out
// Needs a build (npm run build) for the pages, and nginx (Debian: apt-get install nginx-light) to compare with.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Pool } from "#server/platform/pool.ts";
import { startBenchDatabase } from "./database.ts";
import type { BenchReport } from "./main.ts";
import { startBenchPortal } from "./portal.ts";

const execute = promisify(execFile);
const MIB = 1024 * 1024;
const NGINX = "/usr/sbin/nginx";
const ROUNDS = 3;
const PAGES = ["/en", "/en/runs", "/zh/runs"];
/** Somebody opens a page this often while others download. */
const PAGE_EVERY_MS = 200;
/** Two buffers of 1 MiB for each of 32 readers, and what pages allocate. */
const FLAT_MIB = 128;
const CASES = [
  { clients: 1, least: 0.95 },
  { clients: 32, least: 0.75 },
];

type Stored = { sha256: string; path: string };

/** A file of random bytes, written where the portal keeps the blob of that hash. */
async function storeBlob(dataDir: string, mib: number): Promise<Stored> {
  const draft = join(dataDir, "draft");
  const block = randomBytes(MIB);
  const hash = createHash("sha256");
  const file = await open(draft, "w");
  for (let written = 0; written < mib; written++) {
    block.writeUInt32LE(written);
    hash.update(block);
    await file.write(block);
  }
  await file.close();
  const sha256 = hash.digest("hex");
  const path = join(dataDir, "blobs", sha256.slice(0, 2), sha256);
  mkdirSync(dirname(path), { recursive: true });
  await execute("mv", [draft, path]);
  return { sha256, path };
}

async function registerFile(pool: Pool, sha256: string, size: number): Promise<string> {
  await pool.query(`insert into "Project" (id) values ('bench')`);
  await pool.query(
    `insert into "Run" (id, "projectId", name, config, planned, attempt) values ('run_bench', 'bench', 'download', '{}', '{}', 1)`,
  );
  await pool.query(
    `insert into "Checkpoint" (id, "runId", attempt, step, metrics, "completedAt") values ('ckpt_bench', 'run_bench', 1, 1, '{}', now())`,
  );
  await pool.query(
    `insert into "CheckpointFile" ("checkpointId", name, size, sha256, "completedAt") values ('ckpt_bench', 'model.safetensors', $1, $2, now())`,
    [size, sha256],
  );
  return "/bench/run_bench/resolve/main/model.safetensors";
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === "object" && address !== null ? address.port : 0;
}

type Peer = { url: string; stop(): Promise<void> };

async function startNginx(root: string): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), "cpm-live-bench-nginx-"));
  const port = await freePort();
  const config = join(folder, "nginx.conf");
  writeFileSync(
    config,
    `daemon off; user root; worker_processes 2; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http { access_log off; sendfile on; tcp_nopush on; server { listen 127.0.0.1:${port}; root ${root}; } }`,
  );
  const child: ChildProcess = spawn(NGINX, ["-c", config], { stdio: "ignore" });
  const ended = new Promise<void>((done) => {
    child.once("exit", () => done());
  });
  await new Promise((done) => setTimeout(done, 500));
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill("SIGQUIT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** MiB per second of all clients together. Each reads its share, so that both cases move about one file's worth. */
async function measure(url: string, clients: number, mib: number): Promise<number> {
  const share = Math.max(1, Math.floor(mib / clients));
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, (_, index) => {
      const from = index * share * MIB;
      const range = `${from}-${from + share * MIB - 1}`;
      return execute("curl", ["-sS", "--fail", "-m", "300", "-o", "/dev/null", "-r", range, url]);
    }),
  );
  return (share * clients) / ((performance.now() - started) / 1000);
}

type Meanwhile = { pages: number[]; mostMemory: number; stop(): Promise<void> };

/** Opens pages and looks at the portal's memory until it is stopped. */
function watchPortal({ origin, pid }: { origin: string; pid: number }): Meanwhile {
  const seen: Meanwhile = { pages: [], mostMemory: 0, stop: async () => undefined };
  let going = true;
  const watching = (async () => {
    for (let visit = 0; going; visit++) {
      const started = performance.now();
      await (await fetch(`${origin}${PAGES[visit % PAGES.length]}`)).text();
      seen.pages.push(performance.now() - started);
      seen.mostMemory = Math.max(seen.mostMemory, memoryOf(pid));
      await new Promise((done) => setTimeout(done, PAGE_EVERY_MS));
    }
  })();
  watching.catch(() => undefined); // Told by stop().
  seen.stop = async () => {
    going = false;
    await watching;
  };
  return seen;
}

/** The portal's memory now, in MiB; 0 where the system does not tell. */
function memoryOf(pid: number): number {
  const path = `/proc/${pid}/status`;
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024;
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

type Compared = { ours: string; peer: string | null; mib: number; origin: string; pid: number };

/** Alternating, so that what else the machine does falls on both alike. */
async function compare(report: BenchReport, compared: Compared): Promise<void> {
  const { ours, peer, mib, pid } = compared;
  for (const { clients, least } of CASES) {
    const speeds = { ours: [] as number[], peer: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      speeds.ours.push(await measure(ours, clients, mib));
      if (peer !== null) {
        speeds.peer.push(await measure(peer, clients, mib));
      }
    }
    const against = quantile(speeds.peer, 0.5);
    const name = `${mib} MiB, ${clients} ${clients === 1 ? "client" : "clients"}`;
    report({
      case: name,
      metric: "throughput",
      value: quantile(speeds.ours, 0.5),
      unit: "MiB/s",
      ...(peer === null ? {} : { peer: against, bar: { atLeast: least * against } }),
    });
    report({ case: name, metric: "portal's memory after", value: memoryOf(pid), unit: "MiB" });
    await answersMeanwhile(report, compared, { clients, name });
  }
}

/** One more round of downloads, with pages opened beside it. */
async function answersMeanwhile(
  report: BenchReport,
  { ours, mib, origin, pid }: Compared,
  { clients, name }: { clients: number; name: string },
): Promise<void> {
  const before = memoryOf(pid);
  const meanwhile = watchPortal({ origin, pid });
  await measure(ours, clients, mib);
  await meanwhile.stop();
  const { pages, mostMemory } = meanwhile;
  const about = `${name}, ${pages.length} pages meanwhile`;
  report({ case: about, metric: "pages p50", value: quantile(pages, 0.5), unit: "ms" });
  const slow = quantile(pages, 0.95);
  report({ case: about, metric: "pages p95", value: slow, unit: "ms", bar: { atMost: 200 } });
  report({
    case: about,
    metric: "portal's memory at most, over before",
    value: mostMemory - before,
    unit: "MiB",
    bar: { atMost: FLAT_MIB },
  });
}

export async function run(report: BenchReport, options: string[]): Promise<void> {
  const mib = Number(options[0] ?? 2048);
  const database = await startBenchDatabase();
  const portal = await startBenchPortal(database.url, { pages: true });
  let nginx: Peer | null = null;
  try {
    const { sha256, path } = await storeBlob(portal.dataDir, mib);
    const address = await registerFile(database.pool, sha256, mib * MIB);
    if (existsSync(NGINX)) {
      nginx = await startNginx(dirname(path));
    } else {
      console.error("nginx is not there, so nothing is compared: apt-get install nginx-light");
    }
    const origin = `http://127.0.0.1:${portal.port}`;
    const ours = `${origin}${address}`;
    const peer = nginx === null ? null : `${nginx.url}/${sha256}`;
    await measure(ours, 1, 1); // The first reading hashes the file, once.
    for (const page of [...PAGES, ...PAGES, ...PAGES]) {
      await (await fetch(`${origin}${page}`)).text(); // A portal that has been running for a moment.
    }
    await compare(report, { ours, peer, mib, origin, pid: portal.pid });
  } finally {
    await nginx?.stop();
    await portal.stop();
    await database.stop();
  }
}
