import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";

// The trainer's own command, a process of its own, and the portal's API over HTTP.
const MAIN = join(import.meta.dirname, "../../trainer/main.ts");
let portal: TestPortal;
let folder: string;
beforeAll(async () => {
  portal = await testPortal();
  folder = mkdtempSync(join(tmpdir(), "cpm-live-report-"));
});
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

type Said = { out: string; err: string };

function start(args: string[]): { said: Said; code: Promise<number | null> } {
  const child = spawn(process.execPath, [MAIN, "data", ...args, "--recipe", "tiny"], {
    env: { NODE_ENV: "test", DATA_DIR: folder, PATH: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: Said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  return { said, code: once(child, "close").then(([code]) => code as number | null) };
}

async function run(args: string[]): Promise<Said & { code: number | null }> {
  const { said, code } = start(args);
  return { code: await code, ...said };
}

/** Passes everything on to the portal: a portal that is away while this does not listen. */
async function listenFor(origin: string, port: number): Promise<Server> {
  const server = createServer((req, res) => {
    const { method, headers } = req;
    const onward = request(new URL(req.url ?? "/", origin), { method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    req.pipe(onward);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

test("data report prints the figures and sends them, when the portal is back, once", async () => {
  const early = await run(["report"]);
  expect(early.code).not.toBe(0);
  expect(early.err).toMatch(/Run npm run trainer -- data build --recipe tiny first/);

  expect(await run(["build"])).toMatchObject({ code: 0 });
  const printed = await run(["report"]);
  expect(printed).toMatchObject({ code: 0, err: "" });
  expect(printed.out).toMatch(/documents 160, kept 119, duplicates 41/);

  const token = await portal.token({ scope: "ingest", label: "test" });
  const away = await listenFor(portal.origin, 0);
  const { port } = away.address() as AddressInfo;
  away.close();
  await once(away, "close");
  const where = ["--portal", `http://127.0.0.1:${port}`, "--token", token];
  const sending = start(["report", ...where]);
  await vi.waitFor(() => expect(sending.said.err).toMatch(/; trying again in \d/), {
    timeout: 60_000,
  });
  const back = await listenFor(portal.origin, port);
  expect(await sending.code, sending.said.err).toBe(0);
  expect(sending.said.out).toMatch(/\nSent: http\S+/);

  const { json } = await portal.ask("GET", "/api/v1/data-reports?recipe=tiny");
  expect(json.reports).toHaveLength(1);
  expect(json.reports[0].sources).toMatchObject([
    { name: "chinese", documents: 160, kept: 119, duplicates: 41, dropped: {} },
    { name: "english", documents: 160, kept: 160, duplicates: 0 },
  ]);
  const again = await run(["report", ...where]);
  expect(again.out).toMatch(/\nThe portal had it already: http\S+/);
  back.closeAllConnections();
  back.close();
}, 120_000);

test("a portal that says no is not asked again, and its reason is printed", async () => {
  const where = ["--portal", portal.origin, "--token", "cpm_wrong"];
  const { code, err } = await run(["report", ...where]);
  expect(code).not.toBe(0);
  expect(err).toMatch(/did not take the report: 401 /);
  expect(err).not.toMatch(/trying again/);
  const mute = await run(["report", "--portal", portal.origin]);
  expect(mute.code).not.toBe(0);
  expect(mute.err).toMatch(/A portal needs a token/);
}, 60_000);
