// For the tests of the API: a real HTTP server with the gateway alone, on a database and a data folder of its own.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { type CreateToken, createToken } from "../auth/create-token.ts";
import { answerBrokenRequest } from "../http/answer-broken-request.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createApi } from "./create-api.ts";

export type Answer = {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  json: any;
  text: string;
};

export type Asked = {
  token?: string;
  json?: unknown;
  body?: RequestInit["body"];
  headers?: Record<string, string>;
};

export type TestPortal = TestDatabase & {
  origin: string;
  dataDir: string;
  /** The portal's clock; tests may move it. */
  clock: { now: number };
  token(input: CreateToken): Promise<string>;
  ask(method: string, path: string, asked?: Asked): Promise<Answer>;
};

export async function testPortal(): Promise<TestPortal> {
  const database = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "cpm-live-api-"));
  const clock = { now: Date.UTC(2026, 0, 1) };
  const api = createApi({
    ...database,
    dataDir,
    clock: () => clock.now,
    log: pino({ level: "silent" }),
  });
  const server = createServer((req, res) => {
    void api(req, res).then((ours) => ours || res.writeHead(404).end("pages"));
  });
  server.on("clientError", answerBrokenRequest);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...database,
    origin,
    dataDir,
    clock,
    token: async (input) => (await createToken(database.db, input)).secret,
    ask: (method, path, asked) => ask(method, origin + path, asked),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function ask(method: string, url: string, asked: Asked = {}): Promise<Answer> {
  const { token, json, body, headers = {} } = asked;
  const response = await fetch(url, {
    method,
    body: json === undefined ? (body ?? null) : JSON.stringify(json),
    headers: {
      ...(json === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== "" ? JSON.parse(text) : null,
  };
}
