import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SeriesAnswer } from "../metrics/contract.ts";
import { type TestPortal, testPortal } from "./test-portal.ts";

let portal: TestPortal;
let token: string;
beforeAll(async () => {
  portal = await testPortal();
  token = await portal.token({ scope: "ingest" });
});
afterAll(() => portal.close());

async function openRun(name = "A run"): Promise<string> {
  const json = {
    project: "demo",
    name,
    config: { layers: 4 },
    planned: { steps: 100, tokens: 1_000 },
  };
  const { json: run } = await portal.ask("POST", "/api/v1/runs", { token, json });
  await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, {
    token,
    json: { fromStep: 0, reason: "The first start." },
  });
  return run.id;
}

const log = (id: string, json: unknown) =>
  portal.ask("POST", `/api/v1/runs/${id}/log`, { token, json });
const get = async (path: string) => (await portal.ask("GET", path)).json;

describe("the reporting contract", () => {
  test("a training in four calls, read back", async () => {
    const created = await portal.ask("POST", "/api/v1/runs", {
      token,
      json: {
        project: "demo",
        name: "First",
        config: { a: [1] },
        planned: { steps: 10, tokens: 99 },
      },
    });
    expect(created.status).toBe(201);
    const { id } = created.json;
    expect(created.json).toMatchObject({ resumed: false, attempt: 0, lastBatch: 0 });
    expect(created.json.url).toBe(`${portal.origin}/runs/${id}`);
    expect((await get(`/api/v1/runs/${id}`)).status).toBe("waiting");

    const attempt = await portal.ask("POST", `/api/v1/runs/${id}/attempts`, {
      token,
      json: { fromStep: 0, reason: "Start." },
    });
    expect([attempt.status, attempt.json]).toEqual([201, { attempt: 1 }]);

    const logged = await log(id, {
      attempt: 1,
      batch: 1,
      steps: [1, 2, 3],
      times: [1_000, 2_000, 3_000],
      series: { loss: [3, "NaN", 2.5], tokens: [10, 20, 30], lr: [null, 0.1, null] },
      events: [{ kind: "stage", step: 1, message: "Chinese first.", data: { name: "base" } }],
    });
    expect(logged.status).toBe(200);
    expect(logged.json).toMatchObject({ accepted: 7, lastBatch: 1, commands: [] });

    const series = await get(
      `/api/v1/runs/${id}/series?keys=loss,lr&x=step&from=&to=&buckets=500&attempt=`,
    );
    expect(SeriesAnswer.parse(series)).toEqual(series);
    expect(series.seq).toBe(logged.json.seq);
    expect(series.series.loss).toMatchObject({
      kind: "raw",
      steps: [1, 2, 3],
      times: [1_000, 2_000, 3_000],
      values: [3, "NaN", 2.5],
    });
    expect(series.series.lr).toMatchObject({ steps: [2], values: [0.1] });

    const run = await get(`/api/v1/runs/${id}`);
    expect(run).toMatchObject({
      status: "live",
      step: 3,
      tokens: 30,
      attempt: 1,
      startedAt: 1_000,
      keys: ["loss", "lr", "tokens"],
      latest: { loss: 2.5, lr: 0.1, tokens: 30 },
      planned: { steps: 10, tokens: 99 },
      config: { a: [1] },
      seq: logged.json.seq,
    });
    expect(run.attempts).toMatchObject([
      { number: 1, fromStep: 0, reason: "Start.", lastStep: null },
    ]);

    const { events } = await get(`/api/v1/runs/${id}/events`);
    const kinds = events.map((event: { kind: string }) => event.kind).sort();
    expect(kinds).toEqual(["nan", "stage", "start"]);

    const finished = await portal.ask("POST", `/api/v1/runs/${id}/finish`, {
      token,
      json: { status: "finished" },
    });
    expect([finished.status, finished.json]).toEqual([200, { status: "finished" }]);
    const { runs, next } = await get("/api/v1/runs?project=demo");
    expect(next).toBeNull();
    expect(runs[0]).toMatchObject({
      id,
      project: "demo",
      name: "First",
      status: "finished",
      step: 3,
      tokens: 30,
    });
  });

  test("bare NaN and Infinity are taken like their strings", async () => {
    const id = await openRun();
    const body =
      '{"attempt":1,"batch":1,"steps":[1,2,3],"times":[1,2,3],"series":{"loss":[NaN,-Infinity,Infinity]}}';
    const bare = await portal.ask("POST", `/api/v1/runs/${id}/log`, {
      token,
      body,
      headers: { "content-type": "application/json" },
    });
    expect(bare.json).toMatchObject({ accepted: 3, lastBatch: 1 });
    const again = await log(id, {
      attempt: 1,
      batch: 1,
      steps: [1, 2, 3],
      times: [1, 2, 3],
      series: { loss: ["NaN", "-Infinity", "Infinity"] },
    });
    expect([again.status, again.json.accepted]).toEqual([200, 0]);
    const { series } = await get(`/api/v1/runs/${id}/series?keys=loss`);
    expect(series.loss.values).toEqual(["NaN", "-Infinity", "Infinity"]);
    expect((await get(`/api/v1/runs/${id}`)).latest).toEqual({ loss: "Infinity" });
  });

  test("the same key resumes the run and tells where it stands", async () => {
    const json = { project: "demo", name: "Keyed", key: "k-1", config: { a: 1 } };
    const first = await portal.ask("POST", "/api/v1/runs", { token, json });
    const id = first.json.id;
    await portal.ask("POST", `/api/v1/runs/${id}/attempts`, {
      token,
      json: { fromStep: 0, reason: "Go." },
    });
    await log(id, { attempt: 1, batch: 1, steps: [1], series: { loss: [1] } });
    const again = await portal.ask("POST", "/api/v1/runs", {
      token,
      json: { project: "demo", name: "Renamed", key: "k-1" },
    });
    expect(again.status).toBe(200);
    expect(again.json).toMatchObject({ id, resumed: true, attempt: 1, lastBatch: 1 });
    expect(await get(`/api/v1/runs/${id}`)).toMatchObject({ name: "Renamed", config: { a: 1 } });
    const other = await portal.ask("POST", "/api/v1/runs", {
      token,
      json: { ...json, project: "other" },
    });
    expect(other.status).toBe(201);
  });

  test("twenty trainers that open the same key at once get one run", async () => {
    const json = { project: "race", name: "Raced", key: "k" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => portal.ask("POST", "/api/v1/runs", { token, json })),
    );
    expect(new Set(answers.map((answer) => answer.json.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
  });

  test("going back opens an attempt, records the event, and the old attempt takes no more batches", async () => {
    const id = await openRun();
    await log(id, { attempt: 1, batch: 1, steps: [1, 2, 3], series: { loss: [3, 2, 1] } });
    const opened = await portal.ask("POST", `/api/v1/runs/${id}/attempts`, {
      token,
      json: { fromStep: 2, reason: "The loss went wrong." },
    });
    expect(opened.json).toEqual({ attempt: 2 });
    const run = await get(`/api/v1/runs/${id}`);
    expect(run).toMatchObject({ attempt: 2, step: 2 });
    expect(run.attempts).toMatchObject([
      { number: 1, lastStep: 3 },
      { number: 2, fromStep: 2, lastStep: null },
    ]);
    const { events } = await get(`/api/v1/runs/${id}/events`);
    expect(events.find((event: { kind: string }) => event.kind === "rollback")).toMatchObject({
      attempt: 2,
      step: 2,
      data: { fromStep: 2, lastStep: 3 },
    });
    const late = await log(id, { attempt: 1, batch: 2, steps: [4], series: { loss: [1] } });
    expect(late.status).toBe(409);
    expect(late.json.error).toMatchObject({ code: "conflict", details: { attempt: 2 } });
    const next = await log(id, { attempt: 2, batch: 1, steps: [3], series: { loss: [1.5] } });
    expect(next.json.lastBatch).toBe(1);
    const old = await get(`/api/v1/runs/${id}/series?keys=loss&attempt=1`);
    expect(old.series.loss.values).toEqual([3, 2, 1]);
    const now = await get(`/api/v1/runs/${id}/series?keys=loss`);
    expect([now.attempt, now.series.loss.values]).toEqual([2, [1.5]]);
  });

  test("opening an attempt twice before anything is logged opens one; a plain restart is told as such", async () => {
    const id = await openRun();
    const again = () =>
      portal.ask("POST", `/api/v1/runs/${id}/attempts`, {
        token,
        json: { fromStep: 5, reason: "Restarted." },
      });
    await log(id, { attempt: 1, batch: 1, steps: [5], series: { loss: [1] } });
    const answers = await Promise.all([again(), again(), again()]);
    expect(answers.map((answer) => answer.json.attempt)).toEqual([2, 2, 2]);
    const { events } = await get(`/api/v1/runs/${id}/events`);
    expect(events.filter((event: { kind: string }) => event.kind === "restart")).toHaveLength(1);
  });

  test("commands ride on every answer until an event names them, and pausing shows", async () => {
    const id = await openRun();
    const control = await portal.token({ scope: "control" });
    const send = (kind: string) =>
      portal.ask("POST", `/api/v1/runs/${id}/commands`, {
        token: control,
        json: { kind, reason: "Because." },
      });
    const command = await send("pause");
    expect(command.status).toBe(201);
    expect((await send("pause")).json).toEqual(command.json);
    const beat = await portal.ask("POST", `/api/v1/runs/${id}/heartbeat`, {
      token,
      json: { attempt: 1 },
    });
    expect(beat.json).toEqual({ lastBatch: 0, commands: [command.json] });
    const asked = await log(id, { attempt: 1, batch: 1, steps: [1], series: { loss: [1] } });
    expect(asked.json.commands).toEqual([command.json]);
    const event = { kind: "command", step: 1, message: "Paused.", commandId: command.json.id };
    const obeyed = await log(id, { attempt: 1, batch: 2, events: [event] });
    expect(obeyed.json).toMatchObject({ accepted: 0, lastBatch: 2, commands: [] });
    expect(await get(`/api/v1/runs/${id}`)).toMatchObject({ status: "paused", paused: true });
    await log(id, { attempt: 1, batch: 3, steps: [2], series: { loss: [1] } });
    expect(await get(`/api/v1/runs/${id}`)).toMatchObject({ status: "live", paused: false });
    await portal.ask("POST", `/api/v1/runs/${id}/heartbeat`, {
      token,
      json: { attempt: 1, state: "paused" },
    });
    expect(await get(`/api/v1/runs/${id}`)).toMatchObject({ paused: true });
  });

  test("a command carries what its kind needs; the same one is not doubled, another value is another command", async () => {
    const id = await openRun();
    const control = await portal.token({ scope: "control" });
    const send = (json: Record<string, unknown>) =>
      portal.ask("POST", `/api/v1/runs/${id}/commands`, {
        token: control,
        json: { reason: "Because.", ...json },
      });
    const half = await send({ kind: "rate", payload: { factor: 0.5 } });
    expect(half.json).toMatchObject({ kind: "rate", payload: { factor: 0.5 } });
    expect((await send({ kind: "rate", payload: { factor: 0.5 } })).json).toEqual(half.json);
    const third = await send({ kind: "rate", payload: { factor: 0.3 } });
    const weights = await send({ kind: "weights", payload: { weights: { chinese: 1 } } });
    const back = await send({ kind: "rollback", payload: { checkpoint: 100 } });
    const beat = await portal.ask("POST", `/api/v1/runs/${id}/heartbeat`, {
      token,
      json: { attempt: 1 },
    });
    expect(beat.json.commands).toHaveLength(4);
    expect(beat.json.commands).toEqual(
      expect.arrayContaining([half.json, third.json, weights.json, back.json]),
    );
    for (const wrong of [
      { kind: "rate" },
      { kind: "rate", payload: { factor: 0 } },
      { kind: "weights", payload: { weights: { chinese: 0 } } },
      { kind: "rollback", payload: { checkpoint: -1 } },
    ]) {
      expect((await send(wrong)).status).toBe(400);
    }
  });

  test("a finished run takes no commands, and lives again when it speaks", async () => {
    const id = await openRun();
    await log(id, { attempt: 1, batch: 1, steps: [1], series: { loss: [1] } });
    const finish = () =>
      portal.ask("POST", `/api/v1/runs/${id}/finish`, {
        token,
        json: { status: "failed", message: "Out of memory." },
      });
    await finish();
    await finish();
    const events = (await get(`/api/v1/runs/${id}/events`)).events;
    expect(events.filter((event: { kind: string }) => event.kind === "finish")).toHaveLength(1);
    expect(await get(`/api/v1/runs/${id}`)).toMatchObject({ status: "failed" });
    const control = await portal.token({ scope: "control" });
    const command = await portal.ask("POST", `/api/v1/runs/${id}/commands`, {
      token: control,
      json: { kind: "stop", reason: "Enough." },
    });
    expect(command.status).toBe(409);
    await portal.ask("POST", `/api/v1/runs/${id}/heartbeat`, { token, json: { attempt: 1 } });
    expect(await get(`/api/v1/runs/${id}`)).toMatchObject({ status: "failed" });
    await log(id, { attempt: 1, batch: 2, steps: [2], series: { loss: [1] } });
    expect(await get(`/api/v1/runs/${id}`)).toMatchObject({ status: "live", finishedAt: null });
  });

  test("the status follows from the silence", async () => {
    const id = await openRun();
    await log(id, { attempt: 1, batch: 1, steps: [1], series: { loss: [1] } });
    const started = portal.clock.now;
    try {
      portal.clock.now += 30_000;
      expect((await get(`/api/v1/runs/${id}`)).status).toBe("quiet");
      portal.clock.now += 60_000;
      expect((await get(`/api/v1/runs/${id}`)).status).toBe("stalled");
    } finally {
      portal.clock.now = started;
    }
  });

  test("samples, evaluations and console lines are kept and read back", async () => {
    const id = await openRun();
    const sample = { prompt: "春", text: "春眠不觉晓", lang: "zh" };
    for (const text of ["draft", sample.text]) {
      const stored = await portal.ask("POST", `/api/v1/runs/${id}/samples`, {
        token,
        json: { attempt: 1, step: 5, samples: [{ ...sample, text }] },
      });
      expect(stored.json).toEqual({ stored: 1 });
    }
    expect((await get(`/api/v1/runs/${id}/samples`)).samples).toEqual([
      { ...sample, attempt: 1, step: 5, task: "continuation" },
    ]);
    for (const results of [{ "eval/loss": 2, a: 1 }, { "eval/loss": "NaN" }]) {
      await portal.ask("POST", `/api/v1/runs/${id}/evaluations`, {
        token,
        json: { attempt: 1, step: 5, results },
      });
    }
    const { evaluations } = await get(`/api/v1/runs/${id}/evaluations`);
    expect(evaluations).toMatchObject([
      { attempt: 1, step: 5, results: { "eval/loss": "NaN", a: 1 } },
    ]);
    await log(id, { attempt: 1, batch: 1, lines: ["one", "two"] });
    await log(id, { attempt: 1, batch: 2, lines: ["three"] });
    const numbers = (lines: { number: number; text: string }[]) =>
      lines.map((line) => [line.number, line.text]);
    expect(numbers((await get(`/api/v1/runs/${id}/console?limit=2`)).lines)).toEqual([
      [2, "two"],
      [3, "three"],
    ]);
    expect(numbers((await get(`/api/v1/runs/${id}/console?after=1`)).lines)).toEqual([
      [2, "two"],
      [3, "three"],
    ]);
  });

  test("lists go on where they ended", async () => {
    for (let i = 0; i < 5; i++) {
      portal.clock.now += i % 2; // Some share a millisecond.
      await portal.ask("POST", "/api/v1/runs", {
        token,
        json: { project: "paged", name: `Run ${i}` },
      });
    }
    const seen: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const page: { runs: { name: string }[]; next: string | null } = await get(
        `/api/v1/runs?project=paged&limit=2&next=${next}`,
      );
      seen.push(...page.runs.map((run) => run.name));
      next = page.next;
    }
    expect([...seen].sort()).toEqual(["Run 0", "Run 1", "Run 2", "Run 3", "Run 4"]);
  });

  test("one batch sent ten times at once is stored once", async () => {
    const id = await openRun();
    const batch = {
      attempt: 1,
      batch: 1,
      steps: [1, 2],
      times: [1, 2],
      series: { loss: [1, 2] },
      lines: ["x"],
    };
    const answers = await Promise.all(Array.from({ length: 10 }, () => log(id, batch)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    expect(answers.map((answer) => answer.json.accepted).sort()).toEqual([...Array(9).fill(0), 2]);
    expect(new Set(answers.map((answer) => answer.json.seq)).size).toBe(1);
    const { rows } = await portal.pool.query(
      `select count(*) from "RunMessage" where "runId" = $1 and batch = 1`,
      [id],
    );
    expect(rows).toEqual([{ count: 1 }]);
    expect((await get(`/api/v1/runs/${id}/console`)).lines).toHaveLength(1);
  });

  test("however often and in whatever order batches are sent, each is stored once and in order", async () => {
    const id = await openRun();
    const numbers = Array.from({ length: 8 }, (_, i) => i + 1);
    const accepted = new Map<number, number>();
    for (let round = 0; accepted.size < numbers.length || round < 3; round++) {
      const shuffled = [...numbers, ...numbers].sort(() => Math.random() - 0.5);
      await Promise.all(
        shuffled.map(async (batch) => {
          const { status, json } = await log(id, {
            attempt: 1,
            batch,
            steps: [batch],
            times: [batch],
            series: { loss: [batch / 2] },
          });
          expect([200, 409]).toContain(status);
          if (json.accepted === 1) {
            accepted.set(batch, (accepted.get(batch) ?? 0) + 1);
          }
        }),
      );
    }
    expect([...accepted.values()]).toEqual(numbers.map(() => 1));
    const { series } = await get(`/api/v1/runs/${id}/series?keys=loss`);
    expect(series.loss).toMatchObject({ steps: numbers, values: numbers.map((n) => n / 2) });
    const { rows } = await portal.pool.query(
      `select batch from "RunMessage" where "runId" = $1 and batch > 0 order by seq`,
      [id],
    );
    expect(rows.map((row) => row.batch)).toEqual(numbers);
  });

  test("an archived history takes no reports", async () => {
    const id = await openRun();
    await portal.db.run.update({ where: { id }, data: { archived: true } });
    const answer = await log(id, { attempt: 1, batch: 1, steps: [1], series: { loss: [1] } });
    expect(answer.status).toBe(409);
  });
});
