import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { sessionCookie } from "../auth/session-cookie.ts";
import { createBlobs } from "../platform/blobs.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMember } from "../testing/members.ts";
import { tinyCheckpoint } from "../testing/tiny-model.ts";
import type { PromptLine } from "./contract.ts";
import { createPrompts } from "./create-prompts.ts";

// The trainer's own program does the work, a process each time: slow where much else goes on.
vi.setConfig({ testTimeout: 240_000 });

let database: TestDatabase;
let folder: string;
let server: Server;
let prompts: ReturnType<typeof createPrompts>;
let origin: string;
let checkpointId: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), "cpm-live-prompts-"));
  const log = pino({ level: "silent" });
  prompts = createPrompts({ ...database, dataDir: folder, log });
  server = createServer((req, res) => {
    void prompts.handle(req, res).then((ours) => ours || res.writeHead(404).end());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { db } = database;
  ({ checkpointId } = await tinyCheckpoint({ db, blobs: createBlobs(folder), dataDir: folder }));
});
afterAll(async () => {
  prompts.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
});

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${origin}/api/prompts`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });

const linesOf = (text: string): PromptLine[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("a checkpoint that is asked", () => {
  test("goes on with the text piece by piece, and the pieces are the whole", async () => {
    const answer = await post({ checkpointId, prompt: "一丁", maxTokens: 6 });
    expect(answer.headers.get("content-type")).toContain("ndjson");
    const lines = linesOf(await answer.text());
    expect(lines[0]).toEqual({ waiting: 0 });
    const pieces = lines.flatMap((line) => ("text" in line ? [line.text] : []));
    expect(lines.at(-1)).toEqual({ done: true, whole: pieces.join("") });
  });

  test("answers those who wait one after the other, each with an answer of its own", async () => {
    const answers = await Promise.all(
      ["一", "丁", "七"].map((prompt) => post({ checkpointId, prompt, maxTokens: 3 })),
    );
    for (const answer of answers) {
      const lines = linesOf(await answer.text());
      expect(lines.at(-1)).toMatchObject({ done: true });
    }
  });

  test("takes only so many from one visitor in an hour, more from a trusted member", async () => {
    const asked = { checkpointId, prompt: "一", maxTokens: 1 };
    const statuses = [];
    for (let time = 0; time < 11; time++) {
      const answer = await post(asked);
      statuses.push(answer.status);
      await answer.text();
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    const { secret } = await createMember(database.db, { trust: 3 });
    const cookie = sessionCookie(secret, false).split(";")[0] ?? "";
    expect((await post(asked, { cookie })).status).toBe(200);
  });

  test.each([
    ["an unknown checkpoint", { checkpointId: "ckpt_none", prompt: "一" }, 404],
    ["no text", { checkpointId: "x", prompt: "  " }, 400],
    ["a text without end", { checkpointId: "x", prompt: "一".repeat(2_001) }, 400],
    ["too many tokens", { checkpointId: "x", prompt: "一", maxTokens: 10_000 }, 400],
    ["a path for an identifier", { checkpointId: "../../etc", prompt: "一" }, 400],
  ])("refuses %s", async (_what, body, status) => {
    expect((await post(body)).status).toBe(status);
  });

  test("gives up an answer that takes too long, and is there again for the next", async () => {
    const log = pino({ level: "silent" });
    const hasty = createPrompts({ ...database, dataDir: folder, log, timeoutMs: 1 });
    const own = createServer((req, res) => void hasty.handle(req, res));
    await new Promise<void>((done) => own.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(own.address() as AddressInfo).port}/api/prompts`;
    for (let time = 0; time < 2; time++) {
      const answer = await fetch(url, {
        method: "POST",
        body: JSON.stringify({ checkpointId, prompt: "一", maxTokens: 50 }),
        headers: { "content-type": "application/json" },
      });
      expect(linesOf(await answer.text()).at(-1)).toEqual({ error: "timeout" });
    }
    hasty.close();
    own.closeAllConnections();
    await new Promise((done) => own.close(done));
  });
});
