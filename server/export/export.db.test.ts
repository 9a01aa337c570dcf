import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import { importSeries } from "../metrics/import-series.ts";

let portal: TestPortal;
let token: string;
let run: string;
beforeAll(async () => {
  portal = await testPortal();
  token = await portal.token({ scope: "ingest", label: "test" });
  run = await openRun("exported");
  await log(run, {
    ...{ attempt: 1, batch: 1, steps: [1, 2, 3, 4] },
    times: [1, 2, 3, 4].map((step) => BEGIN + step * 1000),
    series: {
      loss: [4, "NaN", null, 1.5],
      "loss/held out": [null, 2, "-Infinity", null],
      tokens: [10, 20, 30, 40],
    },
  });
  const json = { fromStep: 3, reason: "back" };
  await portal.ask("POST", `/api/v1/runs/${run}/attempts`, { token, json });
  await log(run, {
    ...{ attempt: 2, batch: 1, steps: [3, 4] },
    times: [BEGIN + 9000, BEGIN + 10_000],
    series: { loss: [3, 2] },
  });
});
afterAll(() => portal.close());

const BEGIN = Date.UTC(2026, 0, 1);
async function openRun(name: string): Promise<string> {
  const { json } = await portal.ask("POST", "/api/v1/runs", {
    token,
    json: { project: "p", name },
  });
  const attempt = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${json.id}/attempts`, { token, json: attempt });
  return json.id;
}
async function log(id: string, json: unknown): Promise<void> {
  const { status, text } = await portal.ask("POST", `/api/v1/runs/${id}/log`, { token, json });
  expect([status, text]).toEqual([200, expect.anything()]);
}
const lines = async (query: string) =>
  (await portal.ask("GET", `/api/v1/runs/${run}/export?${query}`)).text.trim().split("\r\n");
async function parquet(id: string, query: string) {
  const answer = await fetch(`${portal.origin}/api/v1/runs/${id}/export?format=parquet&${query}`);
  const file = await answer.arrayBuffer();
  return { answer, file, rows: await parquetReadObjects({ file }) };
}

describe("CSV", () => {
  test("has a row per step, a column per key, and nothing invented where a value is missing", async () => {
    const [head, ...rows] = await lines("attempt=1&keys=loss,loss/held out");
    expect(head).toBe("attempt,step,time,relative_ms,loss,loss/held out");
    const fields = rows.map((row) => row.split(","));
    expect(fields.map(([attempt, step, , , loss, held]) => [attempt, step, loss, held])).toEqual([
      ["1", "1", "4", ""],
      ["1", "2", "NaN", "2"],
      ["1", "3", "", "-Infinity"],
      ["1", "4", "1.5", ""],
    ]);
    expect(fields[1]?.[2]).toBe("2026-01-01T00:00:02.000Z");
  });

  test("takes a window on any axis, the newest attempt or all of them", async () => {
    const steps = async (query: string) =>
      (await lines(query)).slice(1).map((row) => row.split(",").slice(0, 2).join(":"));
    expect(await steps("keys=loss")).toEqual(["2:3", "2:4"]);
    expect(await steps("keys=loss&attempt=all")).toEqual(["1:1", "1:2", "1:4", "2:3", "2:4"]);
    expect(await steps("keys=loss&attempt=1&from=2&to=3")).toEqual(["1:2"]);
    const [from, to] = [BEGIN + 2000, BEGIN + 4000];
    expect(await steps(`keys=loss&attempt=1&x=time&from=${from}&to=${to}`)).toEqual(["1:2", "1:4"]);
    expect(await steps("keys=loss&attempt=1&x=tokens&from=15&to=30")).toEqual(["1:2", "1:3"]);
  });

  test("says what there is not, and which columns there are without being asked", async () => {
    const status = async (query: string) =>
      (await portal.ask("GET", `/api/v1/runs/${run}/export?${query}`)).status;
    expect(await status("keys=nothing")).toBe(404);
    expect(await status("attempt=3")).toBe(404);
    expect(await status("format=xml")).toBe(400);
    expect((await portal.ask("GET", "/api/v1/runs/none/export")).status).toBe(404);
    const [head] = await lines("attempt=1");
    expect(head).toBe("attempt,step,time,relative_ms,loss,loss/held out,tokens");
    const answer = await portal.ask("HEAD", `/api/v1/runs/${run}/export`);
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${run}.csv"`);
  });
});

describe("Parquet", () => {
  test("is read back with the very numbers, NaN and missing ones told apart", async () => {
    const { answer, rows } = await parquet(run, "attempt=1&keys=loss");
    expect(answer.headers.get("content-type")).toBe("application/vnd.apache.parquet");
    expect(rows).toEqual([
      {
        attempt: 1,
        step: 1n,
        time: new Date(BEGIN + 1000),
        relative_ms: expect.anything(),
        loss: 4,
      },
      expect.objectContaining({ step: 2n, loss: Number.NaN }),
      expect.objectContaining({ step: 4n, loss: 1.5 }),
    ]);
    const all = await parquet(run, "attempt=1&keys=loss/held out,loss");
    expect(all.rows[2]).toMatchObject({ step: 3n, loss: null, "loss/held out": -Infinity });
  });

  test("a run without points is an empty table", async () => {
    const { rows } = await parquet(await openRun("empty"), "");
    expect(rows).toEqual([]);
  });
});

describe("a long history", () => {
  const STEPS = 300_000;

  test("comes whole in both forms and page by page", async () => {
    const long = await openRun("long");
    const values = Float64Array.from({ length: STEPS }, (_, index) => Math.sin(index));
    const steps = Float64Array.from({ length: STEPS }, (_, index) => index);
    const points = { steps, times: steps.map((step) => BEGIN + step), values };
    await importSeries(portal.pool, { runId: long, attempt: 1, key: "loss", blocks: [points] });
    const sparse = steps.filter((step) => step % 100 === 7);
    const few = { steps: sparse, times: sparse.map((step) => BEGIN + step), values: sparse };
    await importSeries(portal.pool, { runId: long, attempt: 1, key: "eval/loss", blocks: [few] });

    const { rows, file } = await parquet(long, "keys=loss,eval/loss");
    expect(rows.length).toBe(STEPS);
    expect(rows.every((row, index) => row["loss"] === values[index])).toBe(true);
    expect(rows.filter((row) => row["eval/loss"] !== null).length).toBe(sparse.length);
    expect(parquetMetadata(file).row_groups.length).toBeGreaterThan(1);

    const { text } = await portal.ask("GET", `/api/v1/runs/${long}/export?keys=loss`);
    expect(text.split("\r\n").length).toBe(STEPS + 2);
    let [next, read]: [string | null, number] = [null, 0];
    do {
      const query = next === null ? "" : `&next=${next}`;
      const path = `/api/v1/runs/${long}/points?keys=loss&limit=10000${query}`;
      const { json } = await portal.ask("GET", path);
      expect(json.series.loss).toEqual([...values.slice(read, read + 10_000)]);
      read += json.steps.length;
      next = json.next;
    } while (next !== null);
    expect(read).toBe(STEPS);
  }, 120_000);
});

test("pages of points go on where they ended, in the same attempt", async () => {
  const ask = (query: string) => portal.ask("GET", `/api/v1/runs/${run}/points?keys=${query}`);
  const { json: first } = await ask("loss,tokens&attempt=1&limit=3");
  expect(first).toEqual({
    attempt: 1,
    steps: [1, 2, 3],
    times: [1, 2, 3].map((step) => BEGIN + step * 1000),
    series: { loss: [4, "NaN", null], tokens: [10, 20, 30] },
    next: "1-3",
  });
  const { json: rest } = await ask(`loss,tokens&limit=3&next=${first.next}`);
  expect([rest.steps, rest.next, rest.attempt]).toEqual([[4], null, 1]);
  expect((await ask("loss&next=elsewhere")).status).toBe(400);
});
