import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestPortal, testPortal } from "./test-portal.ts";

let portal: TestPortal;
let token: string;
let run: string;
beforeAll(async () => {
  portal = await testPortal();
  token = await portal.token({ scope: "ingest" });
});
afterAll(() => portal.close());
beforeEach(async () => {
  const { json } = await portal.ask("POST", "/api/v1/runs", {
    token,
    json: { project: "files", name: "Run" },
  });
  run = json.id;
  await portal.ask("POST", `/api/v1/runs/${run}/attempts`, {
    token,
    json: { fromStep: 0, reason: "Go." },
  });
});

const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const fileOf = (name: string, bytes: Uint8Array) => ({
  name,
  size: bytes.length,
  sha256: sha(bytes),
});

async function register(files: unknown[], step = 100) {
  return await portal.ask("POST", `/api/v1/runs/${run}/checkpoints`, {
    token,
    json: { attempt: 1, step, tokens: 5, metrics: { "eval/loss": 2.5 }, files },
  });
}
const patch = (path: string, bytes: Uint8Array | string, offset: string | number = 0) =>
  portal.ask("PATCH", path, {
    token,
    body: bytes as BodyInit,
    headers: { "upload-offset": String(offset) },
  });
const pathOf = (id: string, name: string) => `/api/v1/checkpoints/${id}/files/${name}`;
const listed = async () =>
  (await portal.ask("GET", `/api/v1/runs/${run}/checkpoints`)).json.checkpoints;

async function publish(bytes: Uint8Array, name = "model.bin") {
  const { json } = await register([fileOf(name, bytes)]);
  await patch(pathOf(json.id, name), bytes);
  return pathOf(json.id, name);
}

describe("uploading a checkpoint", () => {
  test("it is public when its last file is complete, with an event and a message for open pages", async () => {
    const [model, vocabulary] = [randomBytes(70_000), randomBytes(500)];
    const registered = await register([
      fileOf("model.bin", model),
      fileOf("vocab.txt", vocabulary),
    ]);
    expect(registered.json).toMatchObject({
      complete: false,
      files: [{ offset: 0, complete: false }, { offset: 0 }],
    });
    const { id } = registered.json;
    const half = await patch(pathOf(id, "model.bin"), model.subarray(0, 30_000));
    expect(half.json).toMatchObject({ offset: 30_000, complete: false });
    expect(
      (await register([fileOf("model.bin", model), fileOf("vocab.txt", vocabulary)])).json.files[0],
    ).toMatchObject({ offset: 30_000 });
    expect(
      (await patch(pathOf(id, "model.bin"), model.subarray(30_000), 30_000)).json,
    ).toMatchObject({ offset: 70_000, complete: true });
    expect(await listed()).toEqual([]);
    expect((await portal.ask("GET", pathOf(id, "model.bin"))).status).toBe(404);
    expect((await patch(pathOf(id, "vocab.txt"), vocabulary)).json.complete).toBe(true);

    expect(await listed()).toMatchObject([
      {
        id,
        runId: run,
        attempt: 1,
        step: 100,
        tokens: 5,
        metrics: { "eval/loss": 2.5 },
        bytes: 70_500,
        files: [
          { name: "model.bin", url: pathOf(id, "model.bin") },
          { name: "vocab.txt", sha256: sha(vocabulary) },
        ],
      },
    ]);
    const { events } = (await portal.ask("GET", `/api/v1/runs/${run}/events`)).json;
    expect(events.filter((event: { kind: string }) => event.kind === "checkpoint")).toMatchObject([
      { step: 100, source: "server", data: { checkpointId: id, bytes: 70_500, files: 2 } },
    ]);
    const { rows } = await portal.pool.query(
      `select events from "RunMessage" where "runId" = $1 order by seq desc limit 1`,
      [run],
    );
    expect(rows[0].events[0]).toMatchObject({ kind: "checkpoint" });
    expect(
      Buffer.from(
        await (await fetch(portal.origin + pathOf(id, "model.bin"))).arrayBuffer(),
      ).equals(model),
    ).toBe(true);
    expect(
      (await register([fileOf("model.bin", model), fileOf("vocab.txt", vocabulary)])).json,
    ).toMatchObject({ id, complete: true });
  });

  test("bytes that the portal has already need no upload", async () => {
    const bytes = randomBytes(900);
    await publish(bytes);
    const second = await register([fileOf("same.bin", bytes)], 200);
    expect(second.json).toMatchObject({ complete: true, files: [{ offset: 900, complete: true }] });
    expect((await listed()).map((checkpoint: { step: number }) => checkpoint.step)).toEqual([
      200, 100,
    ]);
  });

  test("a wrong SHA-256 is refused, and the file begins again at 0", async () => {
    const bytes = randomBytes(1_000);
    const { json } = await register([fileOf("a.bin", bytes)]);
    const wrong = await patch(pathOf(json.id, "a.bin"), randomBytes(1_000));
    expect([wrong.status, wrong.json.error.code]).toEqual([400, "sha256_mismatch"]);
    expect(wrong.json.error.message).toMatch(/again from offset 0/);
    expect(await listed()).toEqual([]);
    expect((await register([fileOf("a.bin", bytes)])).json.files[0].offset).toBe(0);
    expect((await patch(pathOf(json.id, "a.bin"), bytes)).json.complete).toBe(true);
  });

  test("an offset that is not where the upload stands tells where it stands", async () => {
    const bytes = randomBytes(100);
    const { json } = await register([fileOf("a.bin", bytes)]);
    await patch(pathOf(json.id, "a.bin"), bytes.subarray(0, 40));
    const wrong = await patch(pathOf(json.id, "a.bin"), bytes.subarray(50), 50);
    expect([wrong.status, wrong.json.error]).toMatchObject([
      409,
      { code: "offset_mismatch", details: { offset: 40 } },
    ]);
    expect((await patch(pathOf(json.id, "a.bin"), bytes.subarray(40), 40)).json.complete).toBe(
      true,
    );
  });

  test.each(["", "-1", "abc", "1e3", "99999999999999999999"])(
    "an Upload-Offset of %j is refused",
    async (offset) => {
      const { json } = await register([fileOf("a.bin", randomBytes(10))]);
      expect((await patch(pathOf(json.id, "a.bin"), "x", offset)).status).toBe(400);
    },
  );

  test("more bytes than declared are refused and none of that piece is kept", async () => {
    const bytes = randomBytes(100);
    const { json } = await register([fileOf("a.bin", bytes)]);
    await patch(pathOf(json.id, "a.bin"), bytes.subarray(0, 60));
    const over = await patch(pathOf(json.id, "a.bin"), randomBytes(41), 60);
    expect(over.status).toBe(413);
    expect((await register([fileOf("a.bin", bytes)])).json.files[0].offset).toBe(60);
    expect((await patch(pathOf(json.id, "a.bin"), bytes.subarray(60), 60)).json.complete).toBe(
      true,
    );
  });

  test("an upload that breaks off keeps what arrived and goes on there", async () => {
    const bytes = randomBytes(300_000);
    const { json } = await register([fileOf("a.bin", bytes)]);
    const path = pathOf(json.id, "a.bin");
    await breakOff(path, bytes.subarray(0, 100_000), 300_000);
    const offset = await settled(
      async () => (await register([fileOf("a.bin", bytes)])).json.files[0].offset,
    );
    expect(offset).toBe(100_000);
    expect((await patch(path, bytes.subarray(offset), offset)).json.complete).toBe(true);
  });

  test("while one request sends a file, another is told to wait", async () => {
    const bytes = randomBytes(1_000);
    const { json } = await register([fileOf("a.bin", bytes)]);
    const path = pathOf(json.id, "a.bin");
    const slow = sendSlowly(path, bytes.length);
    slow.write(bytes.subarray(0, 500));
    await settled(
      async () => (await register([fileOf("a.bin", bytes)])).json.files[0].offset === 500 || null,
    );
    const other = await patch(path, bytes.subarray(500), 500);
    expect([other.status, other.json.error.code]).toEqual([409, "conflict"]);
    slow.end(bytes.subarray(500));
    expect(await slow.status).toBe(200);
    expect((await listed()).length).toBe(1);
  });

  test("an upload whose check was cut off by a crash is completed by registering again", async () => {
    const bytes = randomBytes(64);
    const { json } = await register([fileOf("a.bin", bytes)]);
    await patch(pathOf(json.id, "a.bin"), bytes.subarray(0, 63));
    writeFileSync(join(portal.dataDir, "uploads", json.id, sha(bytes)), bytes);
    expect((await register([fileOf("a.bin", bytes)])).json).toMatchObject({ complete: true });
    expect(await listed()).toHaveLength(1);
  });

  test("an empty file needs no bytes, and must have the SHA-256 of none", async () => {
    const empty = new Uint8Array(0);
    expect((await register([fileOf("empty", empty)])).json).toMatchObject({ complete: true });
    const wrong = await register([{ name: "empty", size: 0, sha256: "b".repeat(64) }], 101);
    expect([wrong.status, wrong.json.error.code]).toEqual([400, "sha256_mismatch"]);
  });

  test("other files for a step that is public are a conflict; before that they replace the first ones", async () => {
    const bytes = randomBytes(10);
    await register([fileOf("wrong.bin", randomBytes(10))]);
    await publish(bytes);
    const [checkpoint] = await listed();
    expect(checkpoint.files.map((file: { name: string }) => file.name)).toEqual(["model.bin"]);
    expect((await register([fileOf("model.bin", randomBytes(10))])).status).toBe(409);
  });

  test.each([
    "../../etc/passwd",
    "a/b",
    ".hidden",
    "..",
    "",
    "a\\b",
    "a\0b",
    "name with space",
    "x".repeat(121),
    "/absolute",
  ])("%j is no file name", async (name) => {
    const answer = await register([{ name, size: 1, sha256: "a".repeat(64) }]);
    expect(answer.status).toBe(400);
    const { json } = await register([fileOf("good.bin", randomBytes(1))]);
    const direct = await patch(pathOf(json.id, encodeURIComponent(name)), "x");
    expect([400, 404]).toContain(direct.status);
    const read = await portal.ask("GET", pathOf(json.id, encodeURIComponent(name)));
    expect([400, 404]).toContain(read.status);
    expect(existsSync(join(portal.dataDir, "..", "etc"))).toBe(false);
  });

  test("names that differ only in case, sizes beyond the limit and hashes that are none are refused", async () => {
    const [a, b] = [fileOf("A.bin", randomBytes(1)), fileOf("a.bin", randomBytes(1))];
    expect((await register([a, b])).status).toBe(400);
    expect((await register([{ ...a, size: 2 ** 50 }])).status).toBe(400);
    expect((await register([{ ...a, size: -1 }])).status).toBe(400);
    expect((await register([{ ...a, sha256: "A".repeat(64) }])).status).toBe(400);
    expect((await register([])).status).toBe(400);
    const many = Array.from({ length: 65 }, (_, i) => ({ ...a, name: `f${i}` }));
    expect((await register(many)).status).toBe(413);
  });

  test("what is kept is named by its hash, cannot be written to, and leaves no upload behind", async () => {
    const bytes = randomBytes(77);
    await publish(bytes);
    const blob = join(portal.dataDir, "blobs", sha(bytes).slice(0, 2), sha(bytes));
    expect(readFileSync(blob).equals(bytes)).toBe(true);
    expect(statSync(blob).mode & 0o222).toBe(0);
    const [checkpoint] = await listed();
    const uploads = join(portal.dataDir, "uploads", checkpoint.id);
    expect(existsSync(uploads) ? readdirSync(uploads) : []).toEqual([]);
  });
});

describe("downloading a file", () => {
  const bytes = randomBytes(50_000);
  let path: string;
  beforeEach(async () => {
    path = await publish(bytes);
  });
  const get = async (headers: Record<string, string> = {}, method = "GET") => {
    const response = await fetch(portal.origin + path, { method, headers });
    return { response, body: Buffer.from(await response.arrayBuffer()) };
  };

  test("whole, with its hash as the ETag", async () => {
    const { response, body } = await get();
    expect(response.status).toBe(200);
    expect(body.equals(bytes)).toBe(true);
    expect(response.headers.get("etag")).toBe(`"${sha(bytes)}"`);
    expect(response.headers.get("accept-ranges")).toBe("bytes");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="model.bin"');
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  test("HEAD tells the size and sends nothing, whatever Range says", async () => {
    const { response, body } = await get({ range: "bytes=0-9" }, "HEAD");
    expect([response.status, response.headers.get("content-length"), body.length]).toEqual([
      200,
      "50000",
      0,
    ]);
  });

  test.each([
    ["bytes=0-99", 0, 100],
    ["bytes=49990-", 49_990, 50_000],
    ["bytes=-5", 49_995, 50_000],
    ["bytes=100-99999", 100, 50_000],
  ])("%s sends those bytes", async (range, from, to) => {
    const { response, body } = await get({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe(`bytes ${from}-${to - 1}/50000`);
    expect(body.equals(bytes.subarray(from, to))).toBe(true);
  });

  test("several ranges come as one multipart answer of the announced length", async () => {
    const { response, body } = await get({ range: "bytes=0-4,10-14,49999-" });
    expect(response.status).toBe(206);
    const boundary = /boundary=(\w+)/.exec(response.headers.get("content-type") ?? "")?.[1] ?? "";
    expect(Number(response.headers.get("content-length"))).toBe(body.length);
    const parts = body.toString("latin1").split(`--${boundary}`).slice(1, -1);
    const contents = parts.map((part) =>
      Buffer.from(part.slice(part.indexOf("\r\n\r\n") + 4, -2), "latin1"),
    );
    expect(
      Buffer.concat(contents).equals(
        Buffer.concat([bytes.subarray(0, 5), bytes.subarray(10, 15), bytes.subarray(49_999)]),
      ),
    ).toBe(true);
    expect(parts[1]).toContain("Content-Range: bytes 10-14/50000");
  });

  test("bytes that do not exist are answered 416 with the size", async () => {
    const { response, body } = await get({ range: "bytes=50000-" });
    expect([response.status, response.headers.get("content-range")]).toEqual([
      416,
      "bytes */50000",
    ]);
    expect(JSON.parse(body.toString()).error.code).toBe("range_not_satisfiable");
  });

  test("who has it already is told so; who resumes another version gets the whole", async () => {
    expect((await get({ "if-none-match": `"${sha(bytes)}"` })).response.status).toBe(304);
    expect((await get({ "if-none-match": `"x", W/"${sha(bytes)}"` })).response.status).toBe(304);
    expect((await get({ "if-none-match": '"x"' })).response.status).toBe(200);
    const range = "bytes=0-9";
    expect((await get({ range, "if-range": `"${sha(bytes)}"` })).response.status).toBe(206);
    expect((await get({ range, "if-range": '"other"' })).response.status).toBe(200);
    const { response } = await get();
    const modified = response.headers.get("last-modified") ?? "";
    expect((await get({ range, "if-range": modified })).response.status).toBe(206);
    expect(
      (await get({ range, "if-range": "Thu, 01 Jan 1970 00:00:00 GMT" })).response.status,
    ).toBe(200);
  });
});

describe("files held open", () => {
  const descriptors = "/proc/self/fd";
  const held = () =>
    readdirSync(descriptors).filter((fd) => {
      try {
        return readlinkSync(join(descriptors, fd)).startsWith(portal.dataDir);
      } catch {
        return false; // Closed between listing and looking.
      }
    }).length;

  test.skipIf(!existsSync(descriptors))(
    "there are none after uploads and downloads, whole, in parts or broken off",
    async () => {
      const bytes = randomBytes(3_000_000);
      const path = await publish(bytes);
      await fetch(portal.origin + path).then((response) => response.arrayBuffer());
      await fetch(portal.origin + path, { headers: { range: "bytes=0-9,20-29" } }).then(
        (response) => response.arrayBuffer(),
      );
      for (let i = 0; i < 3; i++) {
        const controller = new AbortController();
        const response = await fetch(portal.origin + path, { signal: controller.signal });
        await response.body?.getReader().read();
        controller.abort();
      }
      expect(await settled(async () => held() === 0 || null)).toBe(true);
    },
  );
});

function sendSlowly(path: string, length: number) {
  const { hostname, port } = new URL(portal.origin);
  const outgoing = request({
    hostname,
    port,
    path,
    method: "PATCH",
    headers: { authorization: `Bearer ${token}`, "upload-offset": "0", "content-length": length },
  });
  const status = new Promise<number | undefined>((done) => {
    outgoing.on("response", (response) => {
      response.resume();
      done(response.statusCode);
    });
    outgoing.on("error", () => done(undefined));
  });
  return {
    status,
    write: (bytes: Uint8Array) => outgoing.write(bytes),
    end: (bytes: Uint8Array) => outgoing.end(bytes),
    destroy: () => outgoing.destroy(),
  };
}

/** Announces `length` bytes, sends some, and cuts the line when the portal has them. */
async function breakOff(path: string, bytes: Uint8Array, length: number): Promise<void> {
  const slow = sendSlowly(path, length);
  slow.write(bytes);
  const file = join(portal.dataDir, "uploads", path.split("/")[4] ?? "");
  await settled(async () => {
    const names = existsSync(file) ? readdirSync(file) : [];
    return names.some((name) => statSync(join(file, name)).size === bytes.length) || null;
  });
  slow.destroy();
  await slow.status;
}

/** Asks until the answer is neither null nor zero: what another connection did shows a moment later. */
async function settled<T>(ask: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 500; tries++) {
    const answer = await ask();
    if (answer !== null && answer !== 0) {
      return answer;
    }
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error("It did not settle within five seconds.");
}
