import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LIMITS } from "../runs/contract.ts";
import { type Asked, type TestPortal, testPortal } from "./test-portal.ts";

let portal: TestPortal;
let token: string;
let id: string;
beforeAll(async () => {
  portal = await testPortal();
  token = await portal.token({ scope: "ingest" });
});
afterAll(() => portal.close());

/** Each test has a run with one good batch, and must leave exactly that behind. */
const first = { attempt: 1, batch: 1, steps: [1, 2], times: [1, 2], series: { loss: [2, 1] } };
beforeEach(async () => {
  const { json } = await portal.ask("POST", "/api/v1/runs", {
    token,
    json: { project: "bad", name: "Run" },
  });
  id = json.id;
  await portal.ask("POST", `/api/v1/runs/${id}/attempts`, {
    token,
    json: { fromStep: 0, reason: "Go." },
  });
  await send({ json: first });
});

const send = (asked: Asked) => portal.ask("POST", `/api/v1/runs/${id}/log`, { token, ...asked });
const raw = (body: RequestInit["body"], type = "application/json") =>
  send({ body, headers: { "content-type": type } });

/** Nothing of a refused batch was stored, nothing of the good one was lost, and the right next batch is taken. */
async function expectUntouched(): Promise<void> {
  const { json } = await portal.ask("GET", `/api/v1/runs/${id}/series?keys=loss`);
  expect(json.series).toMatchObject({ loss: { steps: [1, 2], values: [2, 1] } });
  const next = await send({ json: { ...first, batch: 2, steps: [3, 4] } });
  expect([next.status, next.json.lastBatch]).toEqual([200, 2]);
}

const filled = (n: number, value: unknown = 1) => Array.from({ length: n }, () => value);
const second = { ...first, batch: 2 };
const keys = (n: number) => Object.fromEntries(filled(n).map((_, i) => [`key${i}`, [1, 1]]));

describe("bad input to the log", () => {
  test.each<[string, () => Asked, number, RegExp]>([
    [
      "steps as text",
      () => ({ json: { ...second, steps: ["1", "2"] } }),
      400,
      /steps\[0\].*whole number/,
    ],
    ["steps as one text", () => ({ json: { ...second, steps: "1,2" } }), 400, /steps.*array/],
    ["a negative step", () => ({ json: { ...second, steps: [-1, 2] } }), 400, /steps\[0\]/],
    ["a fractional step", () => ({ json: { ...second, steps: [1.5, 2] } }), 400, /steps\[0\]/],
    ["a step beyond 2^53", () => ({ json: { ...second, steps: [1, 2 ** 60] } }), 400, /steps\[1\]/],
    ["a negative time", () => ({ json: { ...second, times: [-5, 2] } }), 400, /times\[0\]/],
    [
      "a time in microseconds",
      () => ({ json: { ...second, times: [1.7e15, 1.7e15] } }),
      400,
      /milliseconds/,
    ],
    [
      "fewer times than steps",
      () => ({ json: { ...second, times: [1] } }),
      400,
      /times.*1 entries.*2/,
    ],
    [
      "a column that is too short",
      () => ({ json: { ...second, series: { loss: [1] } } }),
      400,
      /null/,
    ],
    [
      "a value as text",
      () => ({ json: { ...second, series: { loss: ["1", 2] } } }),
      400,
      /loss"\]\[0\]/,
    ],
    [
      "a column that is no array",
      () => ({ json: { ...second, series: { loss: 1 } } }),
      400,
      /array/,
    ],
    ["series as an array", () => ({ json: { ...second, series: [] } }), 400, /object/],
    ["10 000 keys", () => ({ json: { ...second, series: keys(10_000) } }), 413, /2000 series/],
    [
      "a key of 10 000 characters",
      () => ({ json: { ...second, series: { ["k".repeat(10_000)]: [1, 1] } } }),
      400,
      /10000 characters/,
    ],
    [
      "a key with markup",
      () => ({ json: { ...second, series: { "<script>": [1, 1] } } }),
      400,
      /metric name/,
    ],
    [
      "too many steps",
      () => ({ json: { ...second, steps: filled(50_001), times: [], series: {} } }),
      413,
      /split/,
    ],
    [
      "too many points",
      () => ({
        json: {
          ...second,
          steps: filled(1_001),
          times: [],
          series: Object.fromEntries(filled(100).map((_, i) => [`k${i}`, filled(1_001)])),
        },
      }),
      413,
      /100000 points/,
    ],
    [
      "too many lines",
      () => ({ json: { ...second, lines: filled(LIMITS.linesPerBatch + 1, "x") } }),
      413,
      /lines/,
    ],
    [
      "a line that is too long",
      () => ({ json: { ...second, lines: ["x".repeat(5_000)] } }),
      400,
      /lines/,
    ],
    [
      "an unknown kind of event",
      () => ({ json: { ...second, events: [{ kind: "party", step: 1, message: "!" }] } }),
      400,
      /events/,
    ],
    ["batch number 0", () => ({ json: { ...second, batch: 0 } }), 400, /batch/],
    ["a batch number beyond 2^31", () => ({ json: { ...second, batch: 2 ** 31 } }), 409, /2 on/],
    [
      "an attempt beyond 2^31",
      () => ({ json: { ...second, attempt: 2 ** 40 } }),
      409,
      /attempt 1 is/,
    ],
    ["an attempt as text", () => ({ json: { ...second, attempt: "1" } }), 400, /attempt/],
    ["a batch skipped", () => ({ json: { ...second, batch: 3 } }), 409, /2 is next/],
    [
      "a batch repeated with other content",
      () => ({ json: { ...first, series: { loss: [9, 9] } } }),
      409,
      /as batch 2/,
    ],
    [
      "an attempt that was never opened",
      () => ({ json: { ...second, attempt: 2 } }),
      409,
      /open a new attempt/,
    ],
    ["no object", () => ({ json: [1] }), 400, /JSON object/],
    ["null", () => ({ json: null }), 400, /JSON object/],
    [
      "an empty body",
      () => ({ body: "", headers: { "content-type": "application/json" } }),
      400,
      /empty/,
    ],
    [
      "half of a JSON text",
      () => ({ body: '{"attempt":1,', headers: { "content-type": "application/json" } }),
      400,
      /not JSON/,
    ],
    [
      "another content type",
      () => ({ body: JSON.stringify(second), headers: { "content-type": "text/plain" } }),
      400,
      /Content-Type: application\/json/,
    ],
    [
      "a form",
      () => ({
        body: "attempt=1",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      }),
      400,
      /Content-Type/,
    ],
    [
      "a compressed body",
      () => ({
        body: "x",
        headers: { "content-type": "application/json", "content-encoding": "gzip" },
      }),
      400,
      /as it is/,
    ],
    [
      "very deep JSON",
      () => ({
        body: "[".repeat(500_000) + "]".repeat(500_000),
        headers: { "content-type": "application/json" },
      }),
      400,
      /./,
    ],
    [
      "very deep JSON in an event",
      () => ({
        body: `{"attempt":1,"batch":2,"events":[{"kind":"note","step":1,"message":"m","data":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}]}`,
        headers: { "content-type": "application/json" },
      }),
      400,
      /nested deeper/,
    ],
    [
      "invalid UTF-8",
      () => ({
        body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
        headers: { "content-type": "application/json" },
      }),
      400,
      /UTF-8/,
    ],
    [
      "bare words that JSON does not know",
      () => ({
        body: '{"attempt":1,"batch":2,"steps":[1],"series":{"loss":[nan]}}',
        headers: { "content-type": "application/json" },
      }),
      400,
      /not JSON/,
    ],
    [
      "a body over the limit",
      () => ({
        body: `"${"x".repeat(LIMITS.bodyBytes)}"`,
        headers: { "content-type": "application/json" },
      }),
      413,
      /smaller/,
    ],
  ])("%s is refused, says what to do, and harms nothing", async (...row) => {
    const [, asked, status, message] = row;
    const answer = await send(asked());
    expect([answer.status, answer.json?.error.message]).toEqual([
      status,
      expect.stringMatching(message),
    ]);
    expect(answer.json.error).toMatchObject({
      code: expect.any(String),
      requestId: expect.any(String),
    });
    expect(answer.text.length).toBeLessThan(4_000);
    await expectUntouched();
  });

  test("a repeat with the same content is answered like the first time", async () => {
    const again = await send({ json: first });
    expect([again.status, again.json]).toEqual([
      200,
      { accepted: 0, lastBatch: 1, seq: 2, commands: [], warnings: [] },
    ]);
    await expectUntouched();
  });

  test("a wrong batch number tells which is next", async () => {
    const skipped = await send({ json: { ...first, batch: 9 } });
    expect(skipped.json.error).toMatchObject({
      code: "batch_out_of_order",
      details: { lastBatch: 1, expected: 2 },
    });
    const other = await send({ json: { ...first, steps: [1, 3] } });
    expect(other.json.error).toMatchObject({
      code: "batch_content_differs",
      details: { batch: 1, lastBatch: 1 },
    });
  });

  test("a body without a length that never ends is cut at the limit", async () => {
    const endless = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(LIMITS.bodyBytes + 1).fill(0x20));
        controller.close();
      },
    });
    const response = await fetch(`${portal.origin}/api/v1/runs/${id}/log`, {
      method: "POST",
      body: endless,
      duplex: "half",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    } as RequestInit);
    expect(response.status).toBe(413);
    await expectUntouched();
  });

  test("a body that ends before its announced length stores nothing", async () => {
    const text = JSON.stringify(second);
    const answer = await speak(
      `POST /api/v1/runs/${id}/log HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${text.length + 100}\r\n\r\n${text}`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toMatch(/ended before its announced length/);
    await expectUntouched();
  });

  test("NUL characters and half surrogate pairs are stored as U+FFFD, not refused and not a failure", async () => {
    const { status } = await raw(
      '{"attempt":1,"batch":2,"lines":["a\\u0000b\\ud800"],"events":[{"kind":"note","step":1,"message":"x\\u0000","data":{"k\\u0000":"\\udfff"}}]}',
    );
    expect(status).toBe(200);
    const { json } = await portal.ask("GET", `/api/v1/runs/${id}/events`);
    expect(json.events[0]).toMatchObject({ message: "x\uFFFD", data: { "k\uFFFD": "\uFFFD" } });
  });

  test("extreme but legal numbers are kept exactly", async () => {
    const extreme = [5e-324, 1.7976931348623157e308, -1.7976931348623157e308];
    const batch = {
      attempt: 1,
      batch: 2,
      steps: [3, 4, Number.MAX_SAFE_INTEGER],
      times: [0, 1, 253_402_300_799_999],
      series: { edge: extreme, tokens: [-1, 1e300, 1e300] },
      events: [
        {
          kind: "note",
          step: Number.MAX_SAFE_INTEGER,
          time: 253_402_300_799_999,
          message: "Late.",
        },
      ],
    };
    expect((await send({ json: batch })).status).toBe(200);
    const { json } = await portal.ask("GET", `/api/v1/runs/${id}/series?keys=edge`);
    expect(json.series.edge).toMatchObject({
      values: extreme,
      steps: batch.steps,
      times: batch.times,
    });
    const events = await portal.ask("GET", `/api/v1/runs/${id}/events`);
    expect(events.json.events[0]).toMatchObject({
      step: Number.MAX_SAFE_INTEGER,
      time: 253_402_300_799_999,
    });
    expect((await portal.ask("GET", `/api/v1/runs/${id}`)).json).toMatchObject({
      step: Number.MAX_SAFE_INTEGER,
      tokens: null,
    });
  });

  test("a run takes no more keys than its limit, and the batch that goes over is refused whole", async () => {
    const wide = (from: number) =>
      Object.fromEntries(filled(2_000).map((_, i) => [`w${from + i}`, [1]]));
    let batch = 2;
    for (; batch <= 3; batch++) {
      const json = { attempt: 1, batch, steps: [batch], series: wide(batch * 2_000) };
      expect((await send({ json })).status).toBe(200);
    }
    const over = await send({ json: { attempt: 1, batch, steps: [9], series: wide(90_000) } });
    expect([over.status, over.json.error.code]).toEqual([413, "too_large"]);
    const fine = await send({ json: { attempt: 1, batch, steps: [9], series: { loss: [1] } } });
    expect(fine.json.lastBatch).toBe(4);
  });
});

describe("bad input elsewhere", () => {
  test.each<[string, string, string, Asked, number]>([
    ["an unknown run", "POST", "/api/v1/runs/run_nowhere/log", { json: first }, 404],
    ["an unknown run, read", "GET", "/api/v1/runs/run_nowhere", {}, 404],
    ["an unknown run's series", "GET", "/api/v1/runs/run_nowhere/series?keys=loss", {}, 404],
    ["an unknown run's events", "GET", "/api/v1/runs/run_nowhere/events", {}, 404],
    ["an unknown run's checkpoints", "GET", "/api/v1/runs/run_nowhere/checkpoints", {}, 404],
    ["an unknown run's console", "GET", "/api/v1/runs/run_nowhere/console", {}, 404],
    ["NUL as a run", "GET", "/api/v1/runs/%00", {}, 404],
    ["a broken escape as a run", "GET", "/api/v1/runs/%E0%A4%A", {}, 404],
    ["an address that is not there", "GET", "/api/v1/nothing", {}, 404],
    ["the API's root", "GET", "/api/v1/", {}, 404],
    [
      "a project with a path in it",
      "POST",
      "/api/v1/runs",
      { json: { project: "../etc", name: "x" } },
      400,
    ],
    ["a name of white space", "POST", "/api/v1/runs", { json: { project: "p", name: "  " } }, 400],
    [
      "config as text",
      "POST",
      "/api/v1/runs",
      { json: { project: "p", name: "x", config: "{}" } },
      400,
    ],
    [
      "a config that is too large",
      "POST",
      "/api/v1/runs",
      { json: { project: "p", name: "x", config: { a: "x".repeat(300_000) } } },
      413,
    ],
    [
      "a plan of negative steps",
      "POST",
      "/api/v1/runs",
      { json: { project: "p", name: "x", planned: { steps: -1 } } },
      400,
    ],
    ["a page of a thousand", "GET", "/api/v1/runs?limit=1000", {}, 400],
    ["a page of minus one", "GET", "/api/v1/runs?limit=-1", {}, 400],
    ["a cursor that nobody handed out", "GET", "/api/v1/runs?next=abc", {}, 400],
  ])("%s: %s %s", async (...row) => {
    const [, method, path, asked, status] = row;
    const answer = await portal.ask(method, path, { token, ...asked });
    expect(answer.status).toBe(status);
    expect(answer.json.error.message.length).toBeGreaterThan(20);
  });

  test.each([
    "keys=",
    "keys=loss&buckets=0",
    "keys=loss&buckets=99999",
    "keys=loss&x=epoch",
    "keys=loss&from=abc",
    "keys=loss&attempt=0",
    "keys=loss&attempt=99999999999",
    "keys=%00",
    `keys=${"k".repeat(300)}`,
    `keys=${filled(201, "k").join(",")}`,
  ])("series?%s is refused", async (query) => {
    const { status, json } = await portal.ask("GET", `/api/v1/runs/${id}/series?${query}`);
    expect([400, 413]).toContain(status);
    expect(json.error.message).toBeTruthy();
  });

  test("a sample's prompt of 4 000 characters is kept, a longer one is refused and says the bound", async () => {
    const send = (length: number) =>
      portal.ask("POST", `/api/v1/runs/${id}/samples`, {
        token,
        json: { attempt: 1, step: 1, samples: [{ prompt: "字".repeat(length), text: "t" }] },
      });
    expect((await send(4_000)).status).toBe(200);
    const refused = await send(4_001);
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.json)).toContain("4000");
  });

  test("more samples than one call takes are too large", async () => {
    const samples = filled(65, { prompt: "p", text: "t" });
    const answer = await portal.ask("POST", `/api/v1/runs/${id}/samples`, {
      token,
      json: { attempt: 1, step: 1, samples },
    });
    expect(answer.status).toBe(413);
  });

  test("a wrong method is answered 405 with the right ones", async () => {
    const answer = await portal.ask("DELETE", `/api/v1/runs/${id}`);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    const both = await portal.ask("PUT", "/api/v1/runs");
    expect(both.headers.get("allow")?.split(", ").sort()).toEqual([
      "GET",
      "HEAD",
      "OPTIONS",
      "POST",
    ]);
    const live = await portal.ask("POST", `/api/v1/runs/${id}/live`);
    expect([live.status, live.headers.get("allow")]).toEqual([405, "GET"]);
  });

  test("bytes that are no HTTP get an answer that says so", async () => {
    expect(await speak("nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400 [\s\S]*well-formed/);
  });
});

/** Writes these bytes, ends the writing side, and reads whatever comes. */
function speak(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(portal.origin).port), "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
    socket.end(text);
  });
}
