import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { NOTIFICATION_CHANNEL } from "../notifications/contract.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { readStream, type StreamReader } from "../testing/read-stream.ts";
import { createSignals } from "./create-signals.ts";

let database: TestDatabase;
let url: string;
let stop: () => Promise<void>;
const readers: StreamReader[] = [];

beforeAll(async () => {
  database = await testDatabase();
  const signals = createSignals({ pool: database.pool, url: database.url });
  const server = createServer((req, res) => {
    void signals.handle(req, res).then((mine) => mine || res.writeHead(404).end());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = async () => {
    await signals.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
});
afterAll(async () => {
  await stop();
  await database.close();
});
afterEach(() => {
  for (const reader of readers.splice(0)) {
    reader.cut();
  }
});

async function open(topics: string): Promise<StreamReader> {
  const reader = await readStream({ url: `${url}/api/signals?topics=${topics}` });
  readers.push(reader);
  return reader;
}

const notify = (channel: string, payload: string) =>
  database.pool.query("select pg_notify($1, $2)", [channel, payload]);
const signalsOf = (reader: StreamReader) =>
  reader.events.filter(({ event }) => event === "signal").map(({ data }) => data);

test("a run that speaks often is told of at once, and then once a second for all that came meanwhile", async () => {
  const reader = await open("run:run_a,run:run_b");
  await database.pool.query(
    `select pg_notify('run_message', 'run_a ' || seq) from generate_series(1, 5) as seq`,
  );
  await vi.waitFor(() => expect(signalsOf(reader)).toEqual(["run:run_a", "run:run_a"]), 10_000);
  await notify("run_message", "run_b 1");
  await vi.waitFor(() => expect(signalsOf(reader)).toContain("run:run_b"), 10_000);
  expect(signalsOf(reader)).toEqual(["run:run_a", "run:run_a", "run:run_b"]);
});

test("neither a sign of life nor another's topic makes a signal", async () => {
  const reader = await open("run:run_c,initiatives");
  await notify("run_message", "run_c beat 1700000000000 live");
  await notify("run_message", "run_d 1");
  await notify(NOTIFICATION_CHANNEL, "mem_somebody");
  await notify("run_message", "run_c 1");
  await vi.waitFor(() => expect(signalsOf(reader)).toEqual(["run:run_c"]), 10_000);
});

test("too many topics and ones that do not exist are refused with what would be right", async () => {
  const many = Array.from({ length: 25 }, (_, at) => `thread:${at + 1}`).join(",");
  for (const topics of [many, "", "run:", "thread:0", "run:a/b", "member:mem_1"]) {
    const reader = await open(topics);
    expect(reader.status, topics).toBe(400);
    await reader.ended;
    expect(reader.text).toContain("topics=");
  }
});
