import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import { announceStalls } from "./announce-stalls.ts";

let portal: TestPortal;
let token: string;
beforeAll(async () => {
  portal = await testPortal();
  token = await portal.token({ scope: "ingest", label: "test" });
});
afterAll(() => portal.close());

async function openRun(key: string): Promise<string> {
  const json = { project: "p", name: key, key };
  const { json: run } = await portal.ask("POST", "/api/v1/runs", { token, json });
  const attempt = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, { token, json: attempt });
  return run.id;
}

async function log(id: string, batch: number, losses: number[]): Promise<void> {
  const first = (batch - 1) * 20;
  const json = {
    attempt: 1,
    batch,
    steps: losses.map((_, place) => first + place),
    times: losses.map((_, place) => 1_000 * (first + place)),
    series: { loss: losses },
  };
  const answer = await portal.ask("POST", `/api/v1/runs/${id}/log`, { token, json });
  expect(answer.status).toBe(200);
}

async function kindsOf(id: string): Promise<string[]> {
  const { json } = await portal.ask("GET", `/api/v1/runs/${id}/events`);
  return json.events.map((event: { kind: string; step: number }) => `${event.kind} ${event.step}`);
}

test("a spike is told once, also when its batch is sent again", async () => {
  const id = await openRun("spike");
  const calm = Array.from({ length: 20 }, (_, place) => 3 + 0.01 * (place % 3));
  const high = calm.map((loss, place) => (place === 7 ? 6 : loss));
  await log(id, 1, calm);
  await log(id, 2, high);
  await log(id, 2, high);
  expect((await kindsOf(id)).filter((kind) => kind !== "start 0")).toEqual(["spike 27"]);
});

test("what the trainer tells of itself, in this batch or just before, the portal does not tell again", async () => {
  const id = await openRun("told");
  const calm = Array.from({ length: 20 }, (_, place) => 3 + 0.01 * (place % 3));
  await log(id, 1, calm);
  const high = calm.map((loss, place) => (place === 0 || place === 15 ? 6 : loss));
  const events = [{ kind: "spike", step: 39, message: "The trainer saw it coming." }];
  const json = { attempt: 1, batch: 2, events };
  await portal.ask("POST", `/api/v1/runs/${id}/log`, { token, json });
  await log(id, 3, high);
  const told = (await kindsOf(id)).filter((kind) => kind.startsWith("spike"));
  expect(told).toEqual(["spike 55", "spike 39"]);
});

test("a stage of the plan is told when its first step comes, unless the trainer tells it", async () => {
  const planned = {
    stages: [
      { name: "first", fromStep: 0 },
      { name: "second", fromStep: 25 },
      { name: "third", fromStep: 50 },
    ],
  };
  const json = { project: "p", name: "stages", planned };
  const { json: run } = await portal.ask("POST", "/api/v1/runs", { token, json });
  const attempt = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, { token, json: attempt });
  const calm = Array.from({ length: 20 }, () => 3);
  await log(run.id, 1, calm);
  await log(run.id, 2, calm);
  const events = [{ kind: "stage", step: 50, message: "Now the third." }];
  const told = { attempt: 1, batch: 3, events };
  await portal.ask("POST", `/api/v1/runs/${run.id}/log`, { token, json: told });
  await log(run.id, 4, calm.concat(calm));
  const { json: all } = await portal.ask("GET", `/api/v1/runs/${run.id}/events`);
  const stages = all.events.filter(({ kind }: { kind: string }) => kind === "stage");
  expect(
    stages.map(({ source, step }: { source: string; step: number }) => [source, step]),
  ).toEqual([
    ["trainer", 50],
    ["server", 25],
    ["server", 0],
  ]);
});

test("a silence is told once by many portals, and the next silence again", async () => {
  const id = await openRun("stall");
  const calm = Array.from({ length: 20 }, () => 3);
  await log(id, 1, calm);
  portal.clock.now += 50_000;
  const look = () => announceStalls(portal.pool, { now: portal.clock.now, listeningSince: 0 });
  expect(await look()).toBe(0);
  portal.clock.now += 400_000;
  await Promise.all([look(), look(), look()]);
  expect((await kindsOf(id)).filter((kind) => kind.startsWith("stall"))).toHaveLength(1);
  await log(id, 2, calm);
  portal.clock.now += 10_000_000;
  await Promise.all([look(), look()]);
  expect((await kindsOf(id)).filter((kind) => kind.startsWith("stall"))).toHaveLength(2);
});

test("a prompt of any length keeps its sample", async () => {
  const id = await openRun("sample");
  const prompt = "天".repeat(3_000);
  const record = { attempt: 1, step: 0, samples: [{ prompt, text: "one" }] };
  const again = { attempt: 1, step: 0, samples: [{ prompt, text: "two" }] };
  for (const json of [record, again]) {
    const answer = await portal.ask("POST", `/api/v1/runs/${id}/samples`, { token, json });
    expect(answer.status).toBe(200);
  }
  const { json } = await portal.ask("GET", `/api/v1/runs/${id}/samples`);
  expect(json.samples.map(({ text }: { text: string }) => text)).toEqual(["two"]);
});
