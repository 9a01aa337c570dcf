import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createToken } from "../auth/create-token.ts";
import { revokeToken } from "../auth/revoke-token.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import { createMember } from "../testing/members.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";
import { type TestPortal, testPortal } from "./test-portal.ts";

let portal: TestPortal;
let place: { run: string; checkpoint: string; otherRun: string };
let tokens: Record<"own" | "ofRun" | "otherProject" | "otherRun" | "control" | "revoked", string>;

const SHA = "a".repeat(64);

beforeAll(async () => {
  portal = await testPortal();
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
/** These tests try more wrong tokens than anyone may. */
const forgive = () => portal.pool.query(`delete from "RateLimit"`);
beforeEach(async () => {
  await forgive();
});

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
  draftRelease: { weightsSha256: SHA, formats: ["native"] },
  acceptLicence: {
    ...{ locale: "en", licenceSha256: SHA, risksSha256: SHA, releaseId: "rel_1" },
    ...{ readLicence: true, readRisks: true },
  },
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
    "Release",
    "LicenceAcceptance",
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
    const missing = guarded.filter(
      ({ method, bytes, id }) => method !== "GET" && bytes !== "in" && BODY[id] === undefined,
    );
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
    const json = { project: "mine", name: "n" };
    const ask = async (token?: string) =>
      await portal.ask("POST", "/api/v1/runs", { json, ...(token === undefined ? {} : { token }) });
    const statuses: number[] = [];
    for (let i = 0; i < 32; i++) {
      statuses.push((await ask("cpm_wrong")).status);
    }
    expect(statuses).toEqual([...Array(30).fill(401), 429, 429]);
    const refused = await ask();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "2"]);
    expect(refused.headers.get("ratelimit-limit")).toBe("30");
    const passed = await ask(tokens.own);
    expect([passed.status, passed.headers.get("ratelimit-limit")]).toEqual([201, "4000"]);
    portal.clock.now += 2_000;
    expect((await ask()).status).toBe(401);
  });

  test("one token's calls are limited by 429 with the seconds to wait", async () => {
    const token = await portal.token({ scope: "ingest", label: "busy" });
    const { id } = await portal.db.apiToken.findFirstOrThrow({ where: { label: "busy" } });
    // As if it had used up all but 50 of its 4 000 calls just now.
    const freeAt = portal.clock.now + 3_950;
    await portal.pool.query(`insert into "RateLimit" values ('api.report', $1, $2)`, [id, freeAt]);
    const json = { project: "mine", name: "n" };
    const refused = await portal.ask("POST", "/api/v1/runs", { token, json });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    portal.clock.now += 1_000;
    expect((await portal.ask("POST", "/api/v1/runs", { token, json })).status).toBe(201);
  });

  test("a member's read token tells that member's notifications, and one of nobody's tells none", async () => {
    const [ada, bo] = [await createMember(portal.db), await createMember(portal.db)];
    for (const [member, title] of [
      [ada, "For Ada"],
      [bo, "For Bo"],
    ] as const) {
      await notifyMembers(portal.db, {
        ...{ memberIds: [member.memberId], kind: "mention", data: { author: "demo", title } },
        subject: { type: "post", id: "1", url: "/forum/t/1#p1" },
      });
    }
    const own = { scope: "read", label: "mine" } as const;
    const { secret } = await createToken(portal.db, { ...own, memberId: ada.memberId });
    const { json } = await portal.ask("GET", "/api/v1/notifications", { token: secret });
    expect(json.notifications.map((one: { data: object }) => one.data)).toEqual([
      { author: "demo", title: "For Ada" },
    ]);
    const nobody = await createToken(portal.db, own);
    const refused = await portal.ask("GET", "/api/v1/notifications", { token: nobody.secret });
    expect(refused.status).toBe(403);
  });
});
