import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import { readAfter } from "../live/read-messages.ts";
import type { RunEvent } from "./contract.ts";
import { trimLines } from "./trim-lines.ts";

let portal: TestPortal;
let token: string;
beforeAll(async () => {
  portal = await testPortal();
  token = await portal.token({ scope: "ingest", label: "test" });
});
afterAll(() => portal.close());

const ask = async (path: string, json: unknown) => {
  const answer = await portal.ask("POST", path, { token, json });
  expect(answer.status).toBeLessThan(300);
  return answer.json;
};

async function openRun(name: string): Promise<string> {
  const { id } = await ask("/api/v1/runs", { project: "p", name, key: name });
  await ask(`/api/v1/runs/${id}/attempts`, { fromStep: 0, reason: "first" });
  return id;
}

const log = (id: string, batch: number, rest: Record<string, unknown>) =>
  ask(`/api/v1/runs/${id}/log`, { attempt: 1, batch, ...rest });

async function framesOf(id: string): Promise<RunEvent[]> {
  const frames = await readAfter(portal.pool, { runId: id, after: 0, limit: 100 });
  return frames.flatMap(
    ({ bytes }) => JSON.parse(/data: (.*)\n/.exec(`${bytes}`)?.[1] ?? "").events,
  );
}

test("an evaluation is told once per step, with all its results; the same again is told to nobody", async () => {
  const id = await openRun("evaluated");
  const evaluate = (results: Record<string, unknown>) =>
    ask(`/api/v1/runs/${id}/evaluations`, { attempt: 1, step: 40, results });
  await evaluate({ "eval/loss": 3.14189 });
  await evaluate({ "eval/loss": 3.14189 });
  await evaluate({ "eval/loss/zh": "NaN" });
  const told = (await framesOf(id)).filter(({ kind }) => kind === "evaluation");
  expect(told).toHaveLength(2);
  expect(told[1]?.id).toBe(told[0]?.id);
  const { json } = await portal.ask("GET", `/api/v1/runs/${id}/events`);
  const events = json.events.filter(({ kind }: RunEvent) => kind === "evaluation");
  expect(events).toMatchObject([
    {
      attempt: 1,
      step: 40,
      source: "server",
      message: "Evaluated at step 40: eval/loss 3.142, eval/loss/zh NaN.",
      data: { results: { "eval/loss": 3.14189, "eval/loss/zh": "NaN" } },
    },
  ]);
});

test("what an attempt leaves in the tail is sealed when the next begins, and when the run ends", async () => {
  const id = await openRun("sealed");
  const sealed = async () => {
    const { rows } = await portal.pool.query<{ attempt: number; sealed: number }>(
      `select attempt, "sealedCount"::int as sealed from "MetricSeries" where "runId" = $1 and key = 'loss' order by attempt`,
      [id],
    );
    return rows.map((row) => [row.attempt, row.sealed]);
  };
  await log(id, 1, { steps: [1, 2, 3], series: { loss: [3, 2, 1] } });
  expect(await sealed()).toEqual([[1, 0]]);
  await ask(`/api/v1/runs/${id}/attempts`, { fromStep: 1, reason: "back" });
  expect(await sealed()).toEqual([[1, 3]]);
  await log(id, 1, { attempt: 2, steps: [2], series: { loss: [2] } });
  await ask(`/api/v1/runs/${id}/finish`, { status: "finished" });
  expect(await sealed()).toEqual([
    [1, 3],
    [2, 1],
  ]);
});

test("the console keeps its newest lines of each run, and their numbers go on", async () => {
  const [long, short] = [await openRun("long"), await openRun("short")];
  const lines = Array.from({ length: 300 }, (_, place) => `line ${place + 1}`);
  await log(long, 1, { lines });
  await log(short, 1, { lines: lines.slice(0, 50) });
  expect(await trimLines(portal.pool, 100)).toBe(200);
  expect(await trimLines(portal.pool, 100)).toBe(0);
  await log(long, 2, { lines: ["next"] });
  const read = async (id: string) =>
    (await portal.ask("GET", `/api/v1/runs/${id}/console?limit=500`)).json.lines;
  const kept = await read(long);
  expect([kept.length, kept[0], kept.at(-1)]).toMatchObject([
    101,
    { number: 201, text: "line 201" },
    { number: 301, text: "next" },
  ]);
  expect(await read(short)).toHaveLength(50);
});
