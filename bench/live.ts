// The live stream under load: one message a second of 60 values to 1 000 and to 10 000 viewers, then all of them reconnect.
//   npm run bench -- live [VIEWERS …]
// The portal is a process of its own (server/main.ts --no-pages on a durable embedded database); this process writes the
// messages and is all the viewers. A message's latency runs from before its transaction begins until its frame has
// arrived at a viewer, so it holds the commit, the notification, the read and the fan-out; both processes share the
// machine. Memory is the portal's resident size over what it was before the viewers came.
//   10 000 viewers need 10 000 file descriptors in each process: `ulimit -Hn` must say 11 000 or more. The viewers come
// from 127.0.0.2 and its neighbours, 1 000 from each, as the portal allows one address 2 000 streams.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { packBatch } from "#server/metrics/packed-batch.ts";
import { type Pool, transaction } from "#server/platform/pool.ts";
import { startBenchDatabase } from "./database.ts";
import { LiveViewer } from "./live-viewer.ts";
import type { Bench } from "./main.ts";
import { startBenchPortal } from "./portal.ts";

const VALUES = 60;
const SECONDS = 15;
const VIEWERS_PER_ADDRESS = 1_000;
const CONNECT_AT_ONCE = 100;
const RUN = "run_bench";

type Report = Parameters<Bench>[0];
/** Writes messages, and knows when each was sent. */
type Trainer = { speak(times: number): Promise<void>; sentAt: Map<number, number>; seq(): number };

export const run: Bench = async (report, options) => {
  const counts = options.length > 0 ? options.map(Number) : [1_000, 10_000];
  checkDescriptors(Math.max(...counts));
  const database = await startBenchDatabase();
  try {
    const trainer = await startTrainer(database.pool);
    for (const count of counts) {
      await measure({ count, url: database.url, trainer, report });
    }
  } finally {
    await database.stop();
  }
};

type Measure = { count: number; url: string; trainer: Trainer; report: Report };

async function measure({ count, url, trainer, report }: Measure): Promise<void> {
  const told = (metric: string, value: number, unit: string) =>
    report({ case: `${count} viewers`, metric, value: round(value), unit });
  let portal = await startBenchPortal(url);
  let viewers: LiveViewer[] = [];
  try {
    // The first viewer makes the portal load everything that all others share.
    const first = await openAll(1, () => ({ port: portal.port, path: pathFrom(null), address: 2 }));
    await trainer.speak(3);
    const before = residentKb(portal.pid);
    const began = performance.now();
    viewers = await openAll(count, (index) => ({
      port: portal.port,
      path: pathFrom(null),
      address: addressOf(index),
    }));
    told("connect", (performance.now() - began) / count, "ms/viewer");
    await sleep(2_000);

    const latencies = await hear(viewers, trainer);
    told("latency p50", quantile(latencies, 0.5), "ms");
    told("latency max", quantile(latencies, 1), "ms");
    report({
      case: `${count} viewers`,
      metric: "latency p99",
      value: round(quantile(latencies, 0.99)),
      unit: "ms",
      bar: { atMost: count <= 1_000 ? 100 : 400 },
    });
    report({
      case: `${count} viewers`,
      metric: "memory",
      value: round((residentKb(portal.pid) - before) / count),
      unit: "KB/viewer",
      bar: { atMost: 20 },
    });
    closeAll(first);

    // The portal is restarted and messages go on meanwhile: everyone comes back with the last number it saw.
    await portal.stop();
    await trainer.speak(2);
    portal = await startBenchPortal(url);
    const back = performance.now();
    const speaking = trainer.speak(4);
    const again = await openAll(count, (index) => ({
      port: portal.port,
      path: pathFrom(viewers[index]?.seq ?? null),
      address: addressOf(index),
    }));
    told("all back after a restart", (performance.now() - back) / 1_000, "s");
    await speaking;
    const missing = await settle(again, trainer.seq());
    const faults = [...viewers, ...again].reduce((sum, viewer) => sum + viewer.faults, 0);
    report({
      case: `${count} viewers`,
      metric: "gaps, repeats and missing after a mass reconnect",
      value: faults + missing,
      unit: "",
      bar: { atMost: 0 },
    });
    viewers = again;
  } finally {
    closeAll(viewers);
    await portal.stop();
  }
}

/** One message a second; every viewer's latency of every message. */
async function hear(viewers: LiveViewer[], trainer: Trainer): Promise<Float64Array> {
  const latencies = new Float64Array(viewers.length * SECONDS);
  let heard = 0;
  for (const viewer of viewers) {
    viewer.onFrame = (seq) => {
      latencies[heard++] = performance.now() - (trainer.sentAt.get(seq) ?? Number.NaN);
    };
  }
  await trainer.speak(SECONDS);
  await settle(viewers, trainer.seq());
  for (const viewer of viewers) {
    viewer.onFrame = () => undefined;
  }
  if (heard !== latencies.length) {
    throw new Error(`${latencies.length} frames were due and ${heard} came.`);
  }
  return latencies.sort();
}

/** Waits until every viewer has the newest message; the number of those that do not get it. */
async function settle(viewers: LiveViewer[], seq: number): Promise<number> {
  const missing = () => viewers.filter((viewer) => viewer.seq < seq).length;
  for (let waited = 0; waited < 20_000 && missing() > 0; waited += 50) {
    await sleep(50);
  }
  return missing();
}

async function startTrainer(pool: Pool): Promise<Trainer> {
  await pool.query(`insert into "Project" (id) values ('bench')`);
  await pool.query(
    `insert into "Run" (id, "projectId", name, config, planned, attempt) values ($1, 'bench', 'bench', '{}', '{}', 1)`,
    [RUN],
  );
  const sentAt = new Map<number, number>();
  let seq = 0;
  const say = async () => {
    seq += 1;
    sentAt.set(seq, performance.now());
    await writeMessage(pool, seq);
  };
  return {
    sentAt,
    seq: () => seq,
    speak: async (times) => {
      for (let spoken = 0; spoken < times; spoken++) {
        const due = performance.now() + 1_000;
        await say();
        await sleep(Math.max(0, due - performance.now()));
      }
    },
  };
}

/** As the reporting API writes a batch: number, row and notification in one durable transaction. */
async function writeMessage(pool: Pool, seq: number): Promise<void> {
  const series = Object.fromEntries(
    Array.from({ length: VALUES }, (_, index) => [`layer/${index}/norm`, [Math.random()]]),
  );
  const payload = packBatch({ steps: [seq], times: [Date.now()], series });
  await transaction(pool, async (sql) => {
    await sql.query(`update "Run" set seq = $2 where id = $1`, [RUN, seq]);
    await sql.query(
      `insert into "RunMessage" ("runId", seq, attempt, batch, "contentHash", points, payload) values ($1, $2, 1, 1, '', $3, $4)`,
      [RUN, seq, VALUES, payload],
    );
    await sql.query(`select pg_notify('run_message', $1)`, [`${RUN} ${seq}`]);
  });
}

type Target = Parameters<typeof LiveViewer.open>[0];

async function openAll(count: number, target: (index: number) => Target): Promise<LiveViewer[]> {
  const viewers: LiveViewer[] = new Array(count);
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next++;
      viewers[index] = await LiveViewer.open(target(index));
    }
  };
  await Promise.all(Array.from({ length: CONNECT_AT_ONCE }, worker));
  return viewers;
}

function closeAll(viewers: LiveViewer[]): void {
  for (const viewer of viewers) {
    viewer.close();
  }
}

function pathFrom(seq: number | null): string {
  return `/api/v1/runs/${RUN}/live${seq === null ? "" : `?since=${seq}`}`;
}

/** Spreads the viewers over the loopback's addresses from 127.0.0.2 on. */
function addressOf(index: number): number {
  return 2 + Math.floor(index / VIEWERS_PER_ADDRESS);
}

function residentKb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
}

function checkDescriptors(viewers: number): void {
  const row = /Max open files\s+\d+\s+(\d+)/.exec(readFileSync("/proc/self/limits", "utf8"));
  const limit = Number(row?.[1] ?? Number.POSITIVE_INFINITY);
  if (limit < viewers + 500) {
    throw new Error(
      `${viewers} viewers need ${viewers + 500} file descriptors, and this shell allows ${limit}. Raise it (ulimit -Hn, /etc/security/limits.conf), or ask for fewer:  npm run bench -- live 1000`,
    );
  }
}

function quantile(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
