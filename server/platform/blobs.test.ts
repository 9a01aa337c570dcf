import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Blobs, createBlobs } from "./blobs.ts";
import { scrubBlobs } from "./scrub-blobs.ts";

let folder: string;
let blobs: Blobs;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cpm-live-blobs-"));
  blobs = createBlobs(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function adopt(bytes: Buffer, upload = "a") {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const path = blobs.uploadPath("group", upload);
  mkdirSync(join(folder, "uploads", "group"), { recursive: true });
  writeFileSync(path, bytes);
  await blobs.adopt(path, sha256);
  return { sha256, size: bytes.length };
}

async function read(file: { sha256: string; size: number }): Promise<Buffer> {
  const handle = await blobs.open(file);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** One bit turned, as a failing disk or a careless program would. */
function damage(sha256: string): Buffer {
  const path = blobs.pathOf(sha256);
  const bytes = readFileSync(path);
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  chmodSync(path, 0o644);
  writeFileSync(path, bytes);
  return bytes;
}

test("what was taken in is read back, also by a portal that starts anew", async () => {
  const bytes = randomBytes(5000);
  const file = await adopt(bytes);
  expect((await read(file)).equals(bytes)).toBe(true);
  blobs = createBlobs(folder);
  expect((await read(file)).equals(bytes)).toBe(true);
});

test("a blob damaged on disk is not served but moved aside, and can be sent again", async () => {
  const bytes = randomBytes(5000);
  const file = await adopt(bytes);
  const wrong = damage(file.sha256);
  await expect(read(file)).rejects.toMatchObject({ code: "unavailable" });
  expect(readFileSync(join(folder, "damaged", file.sha256)).equals(wrong)).toBe(true);
  expect(await blobs.has(file)).toBe(false);
  await adopt(bytes);
  expect((await read(file)).equals(bytes)).toBe(true);
});

test("a blob cut short on disk is not served", async () => {
  const file = await adopt(randomBytes(5000));
  chmodSync(blobs.pathOf(file.sha256), 0o644);
  writeFileSync(blobs.pathOf(file.sha256), "short");
  await expect(read(file)).rejects.toMatchObject({ code: "unavailable" });
});

test("a blob whose times changed but whose bytes are right is served, and sealed again", async () => {
  const bytes = randomBytes(5000);
  const file = await adopt(bytes);
  utimesSync(blobs.pathOf(file.sha256), 1, 1);
  const reads = await Promise.all([read(file), read(file), read(file)]);
  expect(reads.every((each) => each.equals(bytes))).toBe(true);
});

test("a missing blob is said to be missing", async () => {
  const file = await adopt(randomBytes(50));
  rmSync(blobs.pathOf(file.sha256));
  expect(await blobs.check(file.sha256)).toBe("missing");
  await expect(read(file)).rejects.toMatchObject({ code: "unavailable" });
});

test("the same bytes taken in twice at the same time are one blob", async () => {
  const bytes = randomBytes(100_000);
  const [a, b] = await Promise.all([adopt(bytes, "a"), adopt(bytes, "b")]);
  expect(a).toEqual(b);
  expect((await read(a)).equals(bytes)).toBe(true);
});

test("a scrub reads every blob and names the damaged ones", async () => {
  const sound = await adopt(randomBytes(1000));
  const broken = await adopt(randomBytes(1000));
  damage(broken.sha256);
  expect(await scrubBlobs(blobs)).toEqual({ checked: 2, damaged: [broken.sha256] });
  expect(existsSync(blobs.pathOf(sound.sha256))).toBe(true);
  expect(await scrubBlobs(blobs)).toEqual({ checked: 1, damaged: [] });
});
