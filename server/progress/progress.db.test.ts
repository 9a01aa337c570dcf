import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import { readProgress } from "./read-progress.ts";

let portal: TestPortal;
let token: string;
beforeAll(async () => {
  portal = await testPortal();
  token = await portal.token({ scope: "ingest", label: "test" });
});
afterAll(() => portal.close());

const MINUTE = 60_000;

async function openRun(name: string, rest: Record<string, unknown>): Promise<string> {
  const json = { project: "p", name, key: name, ...rest };
  const { json: run } = await portal.ask("POST", "/api/v1/runs", { token, json });
  const attempt = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, { token, json: attempt });
  return run.id;
}

/** A step a minute, all in one batch that comes at the newest step's time. */
async function train(id: string, count: number, more: Record<string, unknown> = {}): Promise<void> {
  const steps = Array.from({ length: count }, (_, place) => place + 1);
  const began = portal.clock.now;
  portal.clock.now += count * MINUTE;
  const json = {
    attempt: 1,
    batch: 1,
    steps,
    times: steps.map((step) => began + step * MINUTE),
    series: { loss: steps.map(() => 2), ...more },
  };
  const answer = await portal.ask("POST", `/api/v1/runs/${id}/log`, { token, json });
  expect(answer.status).toBe(200);
}

const read = (runId: string, later = 0) =>
  readProgress(portal, { runId, now: portal.clock.now + later });

test("a run that logs everything has every figure, by the tokens of its plan", async () => {
  const id = await openRun("whole", {
    config: { devices: 2, efficiency: { currency: "EUR" } },
    planned: {
      tokens: 20_000,
      steps: 200,
      stages: [
        { name: "First", fromStep: 0 },
        { name: "Second", fromStep: 80 },
      ],
    },
  });
  const at = Array.from({ length: 100 }, (_, place) => place + 1);
  await train(id, 100, {
    tokens: at.map((step) => step * 100),
    "throughput/tokens_per_second": at.map(() => 100 / 60),
    "efficiency/mfu": at.map(() => 0.4),
    "energy/watts": at.map(() => 60),
    "energy/kwh": at.map((step) => step / 1_000),
    "energy/co2e_kg": at.map((step) => step / 2_000),
    "energy/cost": at.map((step) => step / 5_000),
  });
  const progress = await read(id);
  expect(progress).toMatchObject({
    status: "live",
    basis: "tokens",
    done: 10_000,
    planned: 20_000,
    percent: 50,
    stage: { name: "Second", index: 1, of: 2, fromStep: 80, toStep: 200 },
    step: 100,
    tokens: 10_000,
    uptimeMs: 100 * MINUTE,
    elapsedMs: 99 * MINUTE,
    tokensPerSecond: 100 / 60,
    tokensPerSecondPerDevice: 50 / 60,
    mfu: 0.4,
    devices: 2,
    powerWatts: 60,
    energyKwh: 0.1,
    co2eKg: 0.05,
    cost: { value: 0.02, currency: "EUR" },
    dataGb: null,
  });
  expect(progress.stage?.percent).toBeCloseTo(100 / 6, 6);
  const inMinutes = (time = 0) => (time - portal.clock.now) / MINUTE;
  expect(inMinutes(progress.arrival?.at)).toBeCloseTo(100, 6);
  expect(inMinutes(progress.arrival?.early)).toBeCloseTo(100, 6);
  expect(inMinutes(progress.arrival?.late)).toBeCloseTo(100, 6);
});

test("without tokens the steps count; what is not logged is null, and a silent run arrives nowhere", async () => {
  const id = await openRun("steps", { planned: { steps: 80 } });
  await train(id, 20);
  const progress = await read(id);
  expect(progress).toMatchObject({ basis: "steps", done: 20, planned: 80, percent: 25 });
  expect(progress.arrival?.at).toBeCloseTo(portal.clock.now + 60 * MINUTE, 0);
  const unknown = { mfu: null, devices: null, cost: null, energyKwh: null, stage: null };
  expect(progress).toMatchObject({ ...unknown, tokensPerSecond: null, tokens: null });
  expect(await read(id, 101 * MINUTE)).toMatchObject({ status: "stalled", arrival: null });
});

test("a run without a plan may log its own progress, and a new run knows nothing yet", async () => {
  const own = await openRun("own", {});
  await train(own, 5, { progress_pct: [10, 20, 30, 40, 104], data_gb: [1, 2, 3, 4, 5] });
  expect(await read(own)).toMatchObject({
    basis: "metric",
    percent: 104,
    dataGb: 5,
    arrival: null,
  });
  const fresh = await openRun("fresh", { planned: { steps: 10 } });
  const nothing = { percent: 0, arrival: null, startedAt: null, elapsedMs: null };
  expect(await read(fresh)).toMatchObject(nothing);
  await expect(read("run_none")).rejects.toThrow("no run");
});

test("a run is done when its steps are, though its rows held fewer tokens than planned", async () => {
  const id = await openRun("done", { planned: { steps: 10, tokens: 2_000 } });
  await train(id, 10, { tokens: Array.from({ length: 10 }, (_, place) => 100 * (place + 1)) });
  expect(await read(id)).toMatchObject({ percent: 100, arrival: null });
  const end = { status: "finished" };
  await portal.ask("POST", `/api/v1/runs/${id}/finish`, { token, json: end });
  const finished = await read(id, 1_000 * MINUTE);
  expect(finished).toMatchObject({ status: "finished", uptimeMs: 10 * MINUTE });
});
