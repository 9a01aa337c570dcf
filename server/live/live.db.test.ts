import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { packBatch } from "../metrics/packed-batch.ts";
import { transaction } from "../platform/pool.ts";
import { LiveFrame } from "../runs/contract.ts";
import { recordHeartbeat } from "../runs/record-heartbeat.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { readStream, type StreamReader } from "../testing/read-stream.ts";
import type { Pace } from "./channel.ts";
import { createLive, type Live } from "./create-live.ts";

let database: TestDatabase;
let runs = 0;
const cleanups: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  database = await testDatabase();
  await database.pool.query(`insert into "Project" (id) values ('p')`);
});
afterAll(() => database.close());
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

async function newRun(): Promise<string> {
  const id = `run_${runs++}`;
  await database.pool.query(
    `insert into "Run" (id, "projectId", name, config, planned, attempt) values ($1, 'p', 'n', '{}', '{}', 1)`,
    [id],
  );
  return id;
}

type Message = { value?: number | "NaN"; lines?: string[] };

/** Writes a message as the reporting API does: number, row and notification in one transaction. */
async function write(runId: string, { value = 1, lines = [] }: Message = {}): Promise<number> {
  return await transaction(database.pool, async (sql) => {
    const { rows } = await sql.query<{ seq: number }>(
      `update "Run" set seq = seq + 1 where id = $1 returning seq`,
      [runId],
    );
    const seq = rows[0]?.seq ?? 0;
    const payload = packBatch({ steps: [seq], times: [1000 + seq], series: { loss: [value] } });
    await sql.query(
      `insert into "RunMessage" ("runId", seq, attempt, batch, "contentHash", points, payload, lines) values ($1, $2, 1, 1, '', 1, $3, $4)`,
      [runId, seq, payload, lines],
    );
    await sql.query(`select pg_notify('run_message', $1)`, [`${runId} ${seq}`]);
    return seq;
  });
}

/** Many messages at once, without their notifications. */
async function fill(runId: string, count: number): Promise<void> {
  const payload = packBatch({ steps: [1], times: [1], series: { loss: [1] } });
  await database.pool.query(
    `insert into "RunMessage" ("runId", seq, attempt, batch, "contentHash", points, payload)
     select $1, n, 1, n, '', 1, $3 from generate_series(1, $2::int) n`,
    [runId, count, payload],
  );
  await database.pool.query(`update "Run" set seq = $2 where id = $1`, [runId, count]);
}

async function portal(pace: Partial<Pace> = {}): Promise<{ live: Live; url: string }> {
  const live = createLive({ pool: database.pool, url: database.url, pace });
  const server = createServer((req, res) => {
    void live.handle(req, res).then((mine) => {
      if (!mine) {
        res.writeHead(204).end();
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  cleanups.push(async () => {
    await live.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { live, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function watch(base: string, runId: string, since?: number): Promise<StreamReader> {
  const query = since === undefined ? "" : `?since=${since}`;
  const reader = await readStream({ url: `${base}/api/v1/runs/${runId}/live${query}` });
  cleanups.push(() => reader.cut());
  return reader;
}

const seqs = (reader: StreamReader) => reader.events.map(({ id }) => Number(id));
const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
/** Sooner than a lost wake would be noticed by the look that every silence ends with. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

test("a message reaches an open stream as one frame with its number, values and lines", async () => {
  const runId = await newRun();
  const { url } = await portal();
  const reader = await watch(url, runId);
  await write(runId, { value: "NaN", lines: ["step 1 · 损失 ∞"] });
  await until(() => expect(reader.events).toHaveLength(1));
  const { event, id, data } = reader.events[0] ?? { event: "", id: "", data: "" };
  expect({ event, id }).toEqual({ event: "log", id: "1" });
  expect(LiveFrame.parse(JSON.parse(data))).toEqual({
    seq: 1,
    attempt: 1,
    steps: [1],
    times: [1001],
    series: { loss: ["NaN"] },
    events: [],
    lines: ["step 1 · 损失 ∞"],
  });
  expect(reader.headers["content-type"]).toContain("text/event-stream");
  expect(reader.headers["access-control-allow-origin"]).toBe("*");
});

test("readers that break off at random moments get every message once and in order", async () => {
  const runId = await newRun();
  // Every message is broadcast by itself, so that each reconnect may fall into a broadcast.
  const { url } = await portal({ readEveryMs: 0 });
  const total = 300;
  let writing = true;
  const reconnecting = async (): Promise<number[]> => {
    const seen: number[] = [];
    let lastEventId: string | null = "0";
    while (writing || Number(lastEventId) < total) {
      const reader = await readStream({ url: `${url}/api/v1/runs/${runId}/live`, lastEventId });
      await sleep(Math.random() * 60);
      reader.cut();
      await reader.ended;
      seen.push(...seqs(reader));
      lastEventId = reader.lastId;
    }
    return seen;
  };
  const readers = Array.from({ length: 12 }, reconnecting);
  for (let written = 0; written < total; written++) {
    await write(runId);
    await sleep(Math.random() * 4);
  }
  writing = false;
  for (const seen of await Promise.all(readers)) {
    expect(seen).toEqual(upTo(total));
  }
});

test("without a place to go on from, a stream begins now and a reconnect goes on from there", async () => {
  const runId = await newRun();
  await fill(runId, 5);
  const { url } = await portal();
  const reader = await watch(url, runId);
  await until(() => expect(reader.lastId).toBe("5"));
  reader.cut();
  await write(runId);
  const again = await readStream({
    url: `${url}/api/v1/runs/${runId}/live?since=1`,
    lastEventId: reader.lastId,
  });
  cleanups.push(() => again.cut());
  await until(() => expect(seqs(again)).toEqual([6]));
});

test("a reader far behind, but within the tail, is caught up page by page", async () => {
  const runId = await newRun();
  await fill(runId, 1900);
  const { url } = await portal();
  const reader = await watch(url, runId, 0);
  await write(runId);
  await until(() => expect(reader.events).toHaveLength(1901));
  expect(seqs(reader)).toEqual(upTo(1901));
});

test("who is too far behind, or ahead of everything, is told to read the series again and then follows", async () => {
  const runId = await newRun();
  await fill(runId, 2500);
  const { url } = await portal();
  const behind = await watch(url, runId, 100);
  const ahead = await watch(url, runId, 9999);
  await until(() => expect([behind.events.length, ahead.events.length]).toEqual([1, 1]));
  for (const reader of [behind, ahead]) {
    expect(reader.events[0]).toEqual({ id: "2500", event: "reset", data: '{"seq":2500}' });
  }
  await write(runId);
  await until(() => expect([behind.lastId, ahead.lastId]).toEqual(["2501", "2501"]));
});

test("a reader whose place was trimmed away is reset", async () => {
  const runId = await newRun();
  await fill(runId, 600);
  await database.pool.query(`delete from "RunMessage" where "runId" = $1 and seq <= 200`, [runId]);
  const { url } = await portal();
  const lost = await watch(url, runId, 50);
  const kept = await watch(url, runId, 200);
  await until(() => expect([lost.lastId, kept.lastId]).toEqual(["600", "600"]));
  expect(lost.events.map(({ event }) => event)).toEqual(["reset"]);
  expect(seqs(kept)).toEqual(upTo(600, 201));
});

test("a reader that takes nothing is dropped, and the others get everything meanwhile", async () => {
  const runId = await newRun();
  const { live, url } = await portal();
  const stuck = connect(Number(new URL(url).port), "127.0.0.1");
  cleanups.push(() => void stuck.destroy());
  stuck.write(`GET /api/v1/runs/${runId}/live HTTP/1.1\r\nhost: portal\r\n\r\n`);
  stuck.pause();
  const reader = await watch(url, runId);
  await until(() => expect(live.viewers()).toBe(2));
  const lines = Array.from({ length: 200 }, () => "x".repeat(4000));
  let written = 0;
  while (live.viewers() === 2 && written < 80) {
    written = await write(runId, { lines });
    await until(() => expect(reader.lastId).toBe(String(written)));
  }
  expect(live.viewers()).toBe(1);
  expect(seqs(reader)).toEqual(upTo(written));
});

test("a lost database connection loses no message", async () => {
  const runId = await newRun();
  const { url } = await portal();
  const reader = await watch(url, runId);
  for (let round = 0; round < 3; round++) {
    await write(runId);
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await vi.waitFor(() => write(runId), { timeout: 5_000 });
  }
  await until(() => expect(reader.events.length).toBeGreaterThanOrEqual(6));
  const { rows } = await database.pool.query<{ seq: number }>(
    `select seq from "Run" where id = $1`,
    [runId],
  );
  await until(() => expect(seqs(reader)).toEqual(upTo(rows[0]?.seq ?? 0)));
});

test("a silent stream is kept open by comments", async () => {
  const runId = await newRun();
  const { url } = await portal({ quietMs: 150 });
  const reader = await watch(url, runId);
  await until(() => expect(reader.comments.length).toBeGreaterThan(2));
  expect(reader.events).toEqual([]);
});

test("a run is read only while somebody watches it", async () => {
  const runId = await newRun();
  const { live, url } = await portal();
  const reader = await watch(url, runId);
  const other = await watch(url, runId);
  expect(live.channels()).toBe(1);
  reader.cut();
  await until(() => expect(live.viewers()).toBe(1));
  expect(live.channels()).toBe(1);
  other.cut();
  await until(() => expect(live.channels()).toBe(0));
  const back = await watch(url, runId, 0);
  await write(runId);
  await until(() => expect(seqs(back)).toEqual([1]));
});

test("a closing portal tells its viewers when to come back and lets nobody in", async () => {
  const runId = await newRun();
  const { live, url } = await portal();
  const reader = await watch(url, runId);
  await live.close();
  await reader.ended;
  expect(reader.retryMs).toBeGreaterThanOrEqual(1_000);
  const late = await watch(url, runId);
  expect(late.status).toBe(503);
  expect(Number(late.headers["retry-after"])).toBeGreaterThan(0);
});

test("wrong requests are answered with what to do", async () => {
  const runId = await newRun();
  const { url } = await portal();
  const path = `${url}/api/v1/runs/${runId}/live`;
  const answers = await Promise.all([
    fetch(`${url}/api/v1/runs/nobody/live`),
    fetch(`${url}/api/v1/runs/%ff/live`),
    fetch(`${path}?since=-1`),
    fetch(`${path}?since=1e3`),
    fetch(path, { method: "POST" }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 400, 400, 405]);
  for (const answer of answers) {
    const { error } = (await answer.json()) as { error: { code: string; message: string } };
    expect(error.message.length).toBeGreaterThan(20);
  }
  expect((await fetch(path, { method: "OPTIONS" })).status).toBe(204);
  expect((await fetch(`${url}/api/v1/runs`)).status).toBe(204); // Not ours: offered to the next.
});

test("two portal processes on one database serve the same stream, and one goes on when the other stops", async () => {
  const runId = await newRun();
  const [one, two] = await Promise.all([startPortal(), startPortal()]);
  const first = await watch(one.url, runId);
  const second = await watch(two.url, runId);
  await write(runId);
  await until(() => expect([seqs(first), seqs(second)]).toEqual([[1], [1]]));
  one.child.kill("SIGTERM");
  await write(runId);
  await first.ended;
  expect(await one.ended).toBe(0);
  const moved = await readStream({
    url: `${two.url}/api/v1/runs/${runId}/live`,
    lastEventId: first.lastId,
  });
  cleanups.push(() => moved.cut());
  await write(runId);
  await until(() => expect(seqs(second)).toEqual([1, 2, 3]));
  await until(() => expect([...seqs(first), ...seqs(moved)]).toEqual([1, 2, 3]));
});

type Portal = { url: string; child: ChildProcess; ended: Promise<number | null> };

async function startPortal(): Promise<Portal> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "../main.ts"), "--no-pages"],
    // biome-ignore lint/style/noProcessEnv: the child inherits this process's environment.
    { env: { ...process.env, DATABASE_URL: database.url, PORT: "0", HOST: "127.0.0.1" } },
  );
  const ended = new Promise<number | null>((done) => {
    child.once("exit", done);
  });
  cleanups.push(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const url = await new Promise<string>((done, fail) => {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      const found = /"url":"([^"]+)"/.exec(output)?.[1];
      if (found !== undefined) {
        done(found);
      }
    });
    child.once("exit", () => fail(new Error(`The portal ended: ${output}`)));
  });
  return { url, child, ended };
}

test("a sign of life reaches who is here, without a number, and is no message", async () => {
  const runId = await newRun();
  await database.pool.query(
    `insert into "Attempt" ("runId", number, "fromStep", reason) values ($1, 1, 0, 'first')`,
    [runId],
  );
  const { url } = await portal();
  const reader = await watch(url, runId);
  await write(runId);
  await until(() => expect(reader.events).toHaveLength(1));
  const beat = (state: "running" | "paused", now: number) =>
    recordHeartbeat(database.pool, { runId, heartbeat: { attempt: 1, state }, now });
  await beat("paused", 1_000);
  await beat("running", 2_000);
  await until(() => expect(reader.events).toHaveLength(3));
  expect(reader.events.slice(1).map(({ event, data }) => [event, JSON.parse(data)])).toEqual([
    ["beat", { at: 1_000, paused: true }],
    ["beat", { at: 2_000, paused: false }],
  ]);
  await write(runId);
  await until(() => expect(reader.events).toHaveLength(4));
  expect(reader.events[3]?.id).toBe("2");
});
