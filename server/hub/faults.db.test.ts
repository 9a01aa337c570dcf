// What goes wrong between a file and its reader: cut lines, readers that dawdle, requests made to cost much.
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerBrokenRequest } from "../http/answer-broken-request.ts";
import { createBlobs } from "../platform/blobs.ts";
import { keepText } from "../releases/keep-text.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createHub } from "./create-hub.ts";

const SIZE = 1_000_000;
const content = randomBytes(SIZE).toString("base64").slice(0, SIZE);
const sha = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");

let database: TestDatabase;
let server: Server;
let folder: string;
let port: number;
const PATH = "/demo/run_faults/resolve/main/model.safetensors";
const LARGE = "/demo/run_faults/resolve/main/large.bin";

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), "cpm-live-faults-"));
  const hub = createHub({ ...database, dataDir: folder, log: pino({ level: "silent" }) });
  server = createServer((req, res) => {
    void hub(req, res).then((ours) => ours || res.writeHead(404).end());
  });
  server.on("clientError", answerBrokenRequest);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
  const { db } = database;
  const blobs = createBlobs(folder);
  const files = [];
  for (const [name, text] of [
    ["model.safetensors", content],
    // More than the system keeps for a reader that takes nothing.
    ["large.bin", content.repeat(32)],
  ] as const) {
    const { sha256, size } = await keepText(blobs, text);
    files.push({ name, size: BigInt(size), sha256 });
  }
  await db.project.create({ data: { id: "demo" } });
  await db.run.create({
    data: {
      ...{ id: "run_faults", projectId: "demo", name: "Demo", config: {}, planned: {}, attempt: 1 },
      checkpoints: {
        create: {
          ...{ id: "ckpt_faults", attempt: 1, step: 1, metrics: {}, completedAt: new Date() },
          files: { create: files },
        },
      },
    },
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Reads from `start` on and hangs up as soon as it has `most` bytes; gives what it has. */
function read(start: number, most: number): Promise<Buffer> {
  return new Promise((done, fail) => {
    const headers = { range: `bytes=${start}-`, "user-agent": "curl/8" };
    const asked = request({ host: "127.0.0.1", port, path: PATH, headers }, (answer) => {
      const parts: Buffer[] = [];
      let length = 0;
      answer.on("data", (part: Buffer) => {
        parts.push(part);
        length += part.length;
        if (length >= most) {
          asked.destroy();
          done(Buffer.concat(parts).subarray(0, most));
        }
      });
      answer.on("end", () => done(Buffer.concat(parts)));
      answer.on("error", () => undefined);
    });
    asked.on("error", (error) => fail(error));
    asked.end();
  });
}

describe("a line that is cut", () => {
  test("at every per cent of a file: what follows is resumed to the same bytes", async () => {
    for (let percent = 1; percent < 100; percent++) {
      const cut = Math.floor((SIZE * percent) / 100);
      const first = await read(0, cut);
      const rest = await read(cut, SIZE);
      expect([percent, sha(Buffer.concat([first, rest]))]).toEqual([percent, sha(content)]);
    }
  }, 180_000);

  test("a hundred times in one download: it arrives whole, and counts once", async () => {
    await database.db.downloadCount.deleteMany();
    await database.db.downloadSeen.deleteMany();
    const parts: Buffer[] = [];
    for (let at = 0; at < SIZE; ) {
      const part = await read(at, Math.ceil(SIZE / 100));
      parts.push(part);
      at += part.length;
    }
    expect(sha(Buffer.concat(parts))).toBe(sha(content));
    await expect
      .poll(async () => await database.db.downloadCount.findMany({ select: { count: true } }))
      .toEqual([{ count: 1 }]);
  });
});

describe("a request made to cost much", () => {
  test("ten thousand ranges are refused, and the next reader is served", async () => {
    const ranges = Array.from({ length: 10_000 }, (_, at) => `${at * 3}-${at * 3}`).join(",");
    const answer = await fetch(`http://127.0.0.1:${port}${PATH}`, {
      headers: { range: `bytes=${ranges}` },
    }).then(
      ({ status }) => status,
      () => 431,
    );
    expect([400, 416, 431]).toContain(answer);
    const few = Array.from({ length: 800 }, (_, at) => `${at * 3}-${at * 3}`).join(",");
    const refused = await fetch(`http://127.0.0.1:${port}${PATH}`, {
      headers: { range: `bytes=${few}` },
    });
    expect(refused.status).toBe(416);
    expect(sha(await read(0, SIZE))).toBe(sha(content));
  });

  test("ways out of the folder lead nowhere", async () => {
    for (const path of ["../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "."]) {
      const { status } = await fetch(
        `http://127.0.0.1:${port}/demo/run_faults/resolve/main/${path}`,
      );
      expect([path, status]).toEqual([path, 404]);
    }
  });

  test("readers that take nothing hold no more than their share, and are told to come back", async () => {
    const open = Array.from({ length: 64 }, () => connect(port, "127.0.0.1"));
    await Promise.all(
      open.map(
        (socket) =>
          new Promise<void>((done) => {
            socket.once("readable", () => done());
            socket.write(`GET ${LARGE} HTTP/1.1\r\nhost: x\r\n\r\n`);
          }),
      ),
    );
    const refused = await fetch(`http://127.0.0.1:${port}${PATH}`);
    expect(refused.status).toBe(429);
    expect((await refused.json()).error.message).toContain("64 files go to your address already");
    for (const socket of open) {
      socket.destroy();
    }
    await expect
      .poll(async () => {
        const { status, body } = await fetch(`http://127.0.0.1:${port}${PATH}`);
        await body?.cancel();
        return status;
      })
      .toBe(200);
  });
});
