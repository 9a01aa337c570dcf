import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { revokeToken } from "../auth/revoke-token.ts";
import { createRateLimit } from "../http/rate-limit.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";
import { type TestPortal, testPortal } from "./test-portal.ts";

let portal: TestPortal;
let place: { run: string; checkpoint: string; otherRun: string };
let tokens: Record<"own" | "ofRun" | "otherProject" | "otherRun" | "control" | "revoked", string>;

const SHA = "a".repeat(64);

beforeAll(async () => {
  const failures = createRateLimit({
    perSecond: 1,
    burst: 100_000,
    clock: Date.now,
    what: "tries",
  });
  portal = await testPortal({ failures });
  const own = await portal.token({ scope: "ingest", project: "mine" });
  const open = async (project: string, token: string) => {
    const { json } = await portal.ask("POST", "/api/v1/runs", {
      token,
      json: { project, name: "Run" },
    });
    await portal.ask("POST", `/api/v1/runs/${json.id}/attempts`, {
      token,
      json: { fromStep: 0, reason: "Go." },
    });
    return json.id as string;
  };
  const otherProject = await portal.token({ scope: "ingest", project: "theirs" });
  const run = await open("mine", own);
  const otherRun = await open("mine", own);
  const checkpoint = await portal.ask("POST", `/api/v1/runs/${run}/checkpoints`, {
    token: own,
    json: { attempt: 1, step: 1, files: [{ name: "a.bin", size: 3, sha256: SHA }] },
  });
  place = { run, otherRun, checkpoint: checkpoint.json.id };
  tokens = {
    own,
    otherProject,
    ofRun: await portal.token({ scope: "ingest", run }),
    otherRun: await portal.token({ scope: "ingest", run: otherRun }),
    control: await portal.token({ scope: "control", project: "mine" }),
    revoked: await portal.token({ scope: "ingest", project: "mine", label: "revoked" }),
  };
  const { id } = await portal.db.apiToken.findFirstOrThrow({ where: { label: "revoked" } });
  await revokeToken(portal.db, { id, now: Date.now() });
});
afterAll(() => portal.close());

function addressOf(route: Route): string {
  const id = route.path.startsWith("/api/v1/checkpoints/") ? place.checkpoint : place.run;
  return route.path.replace("{id}", id).replace("{name}", "a.bin");
}

/** A body that would do something if it were let through. */
const BODY: Record<string, unknown> = {
  startRun: { project: "mine", name: "Sneaked in" },
  openAttempt: { fromStep: 7, reason: "Sneaked in." },
  appendLog: { attempt: 1, batch: 1, steps: [1], series: { loss: [1] } },
  heartbeat: { attempt: 1 },
  registerCheckpoint: { attempt: 1, step: 2, files: [{ name: "b", size: 1, sha256: SHA }] },
  recordSamples: { attempt: 1, step: 1, samples: [{ prompt: "p", text: "t" }] },
  recordEvaluation: { attempt: 1, step: 1, results: { a: 1 } },
  finishRun: { status: "failed" },
  sendCommand: { kind: "stop", reason: "Sneaked in." },
  sendDataReport: {
    project: "mine",
    recipe: "sneaked-in",
    builtAt: 1,
    sources: [
      {
        name: "a",
        source: "a",
        lang: "zh",
        licence: "none",
        documents: 1,
        kept: 1,
        dropped: {},
        duplicates: 0,
        pii: {},
        bytes: 1,
        tokens: 1,
        cues: {},
        meanPerplexity: null,
      },
    ],
  },
};

async function call(route: Route, headers: Record<string, string>) {
  return await portal.ask(route.method, addressOf(route), {
    headers: { ...headers, ...(route.bytes === "in" ? { "upload-offset": "0" } : {}) },
    ...(route.bytes === "in"
      ? { body: "x" }
      : route.body === undefined
        ? {}
        : { json: BODY[route.id] }),
  });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function everything(): Promise<string> {
  const tables = [
    "Run",
    "Attempt",
    "RunMessage",
    "RunEvent",
    "Sample",
    "Evaluation",
    "RunCommand",
    "Checkpoint",
    "CheckpointFile",
    "DataReport",
    "DataSource",
  ];
  const parts: string[] = [];
  for (const table of tables) {
    const { rows } = await portal.pool.query(
      `select coalesce(json_agg(t order by t::text), '[]') as all from "${table}" t`,
    );
    parts.push(JSON.stringify(rows[0]));
  }
  return parts.join("\n");
}

const guarded = routes.filter((route) => route.access !== "public");
const open = routes.filter((route) => route.access === "public");

describe("who may call what", () => {
  test("every route that writes has a body in this test, so that a new one cannot slip by", () => {
    const writing = routes.filter((route) => route.method !== "GET");
    expect(writing.every((route) => route.access !== "public")).toBe(true);
    const missing = guarded.filter((route) => route.bytes !== "in" && BODY[route.id] === undefined);
    expect(missing.map((route) => route.id)).toEqual([]);
    expect(routes.every((route) => route.method === "GET" || route.access !== "public")).toBe(true);
    expect(guarded.length).toBeGreaterThan(8);
  });

  test.each(guarded.map((route) => [route.id, route] as const))(
    "%s lets nobody in without the right token, and nothing changes",
    async (_id, route) => {
      const before = await everything();
      const wrong: [string, Record<string, string>, number][] = [
        ["no token", {}, 401],
        ["an unknown token", bearer("cpm_nobody"), 401],
        ["an empty token", { authorization: "Bearer " }, 401],
        ["another scheme", { authorization: `Basic ${tokens.own}` }, 401],
        ["a hash in place of the secret", bearer("\u00e9".repeat(3)), 401],
        ["a very long token", bearer("x".repeat(5_000)), 401],
        ["a revoked token", bearer(tokens.revoked), 401],
      ];
      if (route.access === "ingest") {
        wrong.push(
          ["a control token", bearer(tokens.control), 403],
          ["another project's token", bearer(tokens.otherProject), 403],
          ["another run's token", bearer(tokens.otherRun), 403],
        );
      } else {
        wrong.push(["an ingest token", bearer(tokens.own), 403]);
      }
      for (const [what, headers, status] of wrong) {
        const answer = await call(route, headers);
        expect([what, answer.status]).toEqual([what, status]);
        expect(answer.json.error.message).toMatch(/\b(Send|Make|Use|token)\b/);
      }
      expect(await everything()).toBe(before);
    },
  );

  test.each(open.map((route) => [route.id, route] as const))(
    "%s is open to all, also with a bad token",
    async (_id, route) => {
      for (const headers of [{}, bearer("cpm_nobody")]) {
        const { status } = await call(route, headers);
        expect([401, 403]).not.toContain(status);
      }
    },
  );

  test("the right token is let in, also one bound to the run", async () => {
    for (const route of guarded.filter(
      // What names no run in its path: opening one, and a report of a project's data.
      ({ access, id }) => access === "ingest" && !["startRun", "sendDataReport"].includes(id),
    )) {
      for (const token of [tokens.own, tokens.ofRun]) {
        const { status } = await call(route, bearer(token));
        expect([route.id, [401, 403].includes(status)]).toEqual([route.id, false]);
      }
    }
    const command = await portal.ask("POST", `/api/v1/runs/${place.otherRun}/commands`, {
      token: tokens.control,
      json: BODY["sendCommand"],
    });
    expect(command.status).toBe(201);
  });

  test("a token bound to a run resumes that run and opens no other", async () => {
    const json = { project: "mine", name: "Keyed", key: "bound" };
    const { json: run } = await portal.ask("POST", "/api/v1/runs", { token: tokens.own, json });
    const token = await portal.token({ scope: "ingest", run: run.id });
    expect((await portal.ask("POST", "/api/v1/runs", { token, json })).json).toMatchObject({
      id: run.id,
      resumed: true,
    });
    const other = await portal.ask("POST", "/api/v1/runs", {
      token,
      json: { ...json, key: "another" },
    });
    expect(other.status).toBe(403);
    const foreign = await portal.ask("POST", "/api/v1/runs", { token: tokens.otherRun, json });
    expect(foreign.status).toBe(403);
  });

  test("what does not exist is told apart from what is not allowed, after the token", async () => {
    const json = BODY["heartbeat"];
    const path = "/api/v1/runs/run_nowhere/heartbeat";
    expect((await portal.ask("POST", path, { json })).status).toBe(401);
    expect((await portal.ask("POST", path, { json, token: tokens.own })).status).toBe(404);
  });
});

describe("limits by who asks", () => {
  test("failed tokens from one address are answered 429 after a while; a valid token still passes", async () => {
    const clock = { now: 0 };
    const failures = createRateLimit({
      perSecond: 1,
      burst: 3,
      clock: () => clock.now,
      what: "failed tokens",
    });
    const small = await testPortal({ failures });
    try {
      const token = await small.token({ scope: "ingest" });
      const json = { project: "p", name: "n" };
      const statuses: number[] = [];
      for (let i = 0; i < 5; i++) {
        statuses.push(
          (await small.ask("POST", "/api/v1/runs", { token: "cpm_wrong", json })).status,
        );
      }
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
      const refused = await small.ask("POST", "/api/v1/runs", { json });
      expect(refused.headers.get("retry-after")).toBe("1");
      expect((await small.ask("POST", "/api/v1/runs", { token, json })).status).toBe(201);
      clock.now = 1_000;
      expect((await small.ask("POST", "/api/v1/runs", { json })).status).toBe(401);
    } finally {
      await small.close();
    }
  });

  test("one token's requests are limited by 429 with the seconds to wait", async () => {
    const requests = createRateLimit({
      perSecond: 0.5,
      burst: 1,
      clock: () => 0,
      what: "requests",
    });
    const small = await testPortal({ requests });
    try {
      const token = await small.token({ scope: "ingest" });
      const json = { project: "p", name: "n" };
      expect((await small.ask("POST", "/api/v1/runs", { token, json })).status).toBe(201);
      const second = await small.ask("POST", "/api/v1/runs", { token, json });
      expect([second.status, second.headers.get("retry-after")]).toEqual([429, "2"]);
    } finally {
      await small.close();
    }
  });
});
