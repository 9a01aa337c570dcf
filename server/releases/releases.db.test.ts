import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { MemberActor } from "../auth/actor.ts";
import { type Blobs, createBlobs } from "../platform/blobs.ts";
import { searchDocuments } from "../search/search-documents.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMember } from "../testing/members.ts";
import { tinyCheckpoint } from "../testing/tiny-model.ts";
import { approveRelease } from "./approve-release.ts";
import { buildFormat } from "./build-format.ts";
import { dropFormat, retryFormat, saveProse } from "./change-draft.ts";
import { FORMATS, type Format } from "./contract.ts";
import { createFamily } from "./create-family.ts";
import { draftByWeights } from "./draft-by-weights.ts";
import { draftRelease } from "./draft-release.ts";
import { rejectRelease, yankRelease } from "./end-release.ts";
import { listFamilies } from "./list-families.ts";
import { readFamily } from "./read-family.ts";

// The trainer's own program does the work, a process each time: slow where much else goes on.
vi.setConfig({ testTimeout: 240_000 });

let database: TestDatabase;
let dataDir: string;
let blobs: Blobs;
let [author, second]: MemberActor[] = [];
const now = Date.UTC(2026, 10, 24);
const origin = "https://portal.example";

beforeAll(async () => {
  database = await testDatabase();
  dataDir = mkdtempSync(join(tmpdir(), "cpm-live-releases-"));
  blobs = createBlobs(dataDir);
  author = await createMember(database.db, { roles: ["engineer"] });
  second = await createMember(database.db, { roles: ["engineer"] });
  const summary = { en: "A tiny model for tests.", zh: "测试用的微型模型。" };
  const family = { id: "tiny", title: "Tiny", summary };
  await createFamily(database.db, { family, actor: engineer(), now });
});
afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function engineer(): MemberActor {
  if (author === undefined) {
    throw new Error("There is no engineer.");
  }
  return author;
}
function other(): MemberActor {
  if (second === undefined) {
    throw new Error("There is no second engineer.");
  }
  return second;
}

const made = (input: { step?: number; seed?: number } = {}) =>
  tinyCheckpoint({ db: database.db, blobs, dataDir }, input);

async function draft(version: string, formats: Format[], seed = 1): Promise<string> {
  const { checkpointId } = await made({ seed });
  return await draftRelease(database.db, {
    draft: { family: "tiny", version, checkpointId, formats, gated: true },
    memberId: engineer().memberId,
    now,
  });
}

const build = (releaseId: string, format: Format) =>
  buildFormat(
    { db: database.db, blobs, dataDir, signal: new AbortController().signal },
    { releaseId, format },
  );
const approve = (id: string, actor: MemberActor, at = now) =>
  approveRelease(
    { ...database, blobs },
    { decision: { id, reason: "Built and read through." }, actor, origin, now: at },
  );
const read = async (version?: string) =>
  (await readFamily(database, { id: "tiny", version })).release;
const states = async () =>
  Object.fromEntries(
    (await readFamily(database, { id: "tiny" })).releases.map((one) => [one.version, one.state]),
  );
const stored = (sha256: string) => readFileSync(blobs.pathOf(sha256));

describe("a release", () => {
  test("is built in every format, each proven against its source", async () => {
    const id = await draft("1.0", [...FORMATS]);
    expect(await read("1.0")).toMatchObject({
      state: "draft",
      formats: FORMATS.map((name) => ({ name, state: "waiting" })),
    });
    for (const format of FORMATS) {
      await build(id, format);
    }
    const release = await read("1.0");
    expect(release?.formats).toMatchObject(
      FORMATS.map((name) => ({ name, state: "done", progress: 1, message: null })),
    );
    const figures = new Map(release?.formats.map((format) => [format.name, format.figures]));
    expect(figures.get("native")).toMatchObject({ maxDifference: 0, agreement: 1 });
    expect(figures.get("hf-fp32")?.maxDifference).toBeLessThan(1e-4);
    expect(figures.get("int8")?.divergence).toBeGreaterThan(0);
    const paths = release?.files.map(({ path }) => path) ?? [];
    expect(paths).toContain("model.safetensors");
    expect(paths).toContain("int8/model.safetensors");
    expect(release?.card).toMatchObject({
      parameters: 5824,
      evaluations: { "eval/loss": 3.25 },
      tokens: 10_000,
    });
  });

  test("is approved by a second person, with texts and sums that hold", async () => {
    const { id } = (await read("1.0")) ?? { id: "" };
    await expect(approve(id, engineer())).rejects.toMatchObject({
      details: { reason: "own-release" },
    });
    await approve(id, other());
    const release = await read();
    expect(release).toMatchObject({
      version: "1.0",
      state: "published",
      approvedBy: { id: other().memberId },
    });
    const found = await searchDocuments(database.pool, { q: "tiny in:releases", limit: 5 });
    expect(found.found).toMatchObject([{ title: "Tiny 1.0", url: "/models/tiny?release=1.0" }]);
    const files = new Map(release?.files.map((file) => [file.path, file]));
    const sums = stored(files.get("SHA256SUMS")?.sha256 ?? "").toString("utf8");
    expect(createHash("sha256").update(sums).digest("hex")).toBe(release?.manifestSha256);
    for (const line of sums.trim().split("\n")) {
      const [sha256 = "", path = ""] = line.split("  ");
      expect(createHash("sha256").update(stored(sha256)).digest("hex")).toBe(sha256);
      expect(files.get(path)).toMatchObject({ sha256, gated: path.endsWith(".safetensors") });
    }
    expect(stored(files.get("README.md")?.sha256 ?? "").toString()).toMatch(
      /^---\nlicense: other\n[\s\S]+# Tiny 1\.0\n[\s\S]+- eval\/loss: 3\.2500/,
    );
    await expect(approve(id, other())).rejects.toMatchObject({
      details: { reason: "wrong-state" },
    });
  });

  test("leaves a mark on the curve and rows in the decision log", async () => {
    const { rows } = await database.pool.query(
      `select kind, step, data->>'url' as url from "RunEvent" where kind = 'release'`,
    );
    expect(rows).toEqual([{ kind: "release", step: 100, url: "/models/tiny?release=1.0" }]);
    const kinds = await database.db.decision.findMany({
      select: { kind: true },
      orderBy: { number: "asc" },
    });
    expect(kinds.map(({ kind }) => kind)).toEqual([
      "model.create",
      "release.draft",
      "release.publish",
    ]);
  });

  test("supersedes the one before, and gives way to it again when it is yanked", async () => {
    const id = await draft("1.1", ["native"], 2);
    await build(id, "native");
    await approve(id, other(), now + 1000);
    expect(await states()).toMatchObject({ "1.0": "superseded", "1.1": "published" });
    expect((await read("1.1"))?.card.before).toMatchObject({ version: "1.0" });
    const decision = { id, reason: "The tokenizer was wrong." };
    await yankRelease(database.db, { decision, actor: engineer(), now });
    expect(await read("1.1")).toMatchObject({ state: "yanked", reason: decision.reason });
    expect((await read())?.version).toBe("1.0");
    const { families } = await listFamilies(database.db);
    expect(families).toMatchObject([{ id: "tiny", current: { version: "1.0" }, releases: 2 }]);
  });

  test("cannot be approved before all is built, nor with nothing left", async () => {
    const id = await draft("1.2", ["native", "int8"]);
    await build(id, "native");
    await expect(approve(id, other())).rejects.toMatchObject({ details: { reason: "not-built" } });
    await dropFormat(database.db, { id, format: "int8" });
    await expect(dropFormat(database.db, { id, format: "native" })).rejects.toMatchObject({
      details: { reason: "last-format" },
    });
    const prose = { about: { en: "Small.", zh: "小。" }, limitations: both(), credits: both() };
    await saveProse(database.db, { text: { id, prose }, actor: engineer(), now });
    expect((await read("1.2"))?.prose.about.zh).toBe("小。");
    const decision = { id, reason: "Not needed any more." };
    await rejectRelease(database.db, { decision, actor: other(), now });
    await expect(approve(id, other())).rejects.toMatchObject({
      details: { reason: "wrong-state" },
    });
  });

  test("whose weights are damaged on disk fails with the reason, and can be built again", async () => {
    const { checkpointId, weightsSha256 } = await made({ seed: 9 });
    const id = await draftRelease(database.db, {
      draft: { family: "tiny", version: "3.0", checkpointId, formats: ["native"], gated: true },
      memberId: engineer().memberId,
      now,
    });
    const path = blobs.pathOf(weightsSha256);
    const whole = readFileSync(path);
    rmSync(path);
    await build(id, "native");
    expect((await read("3.0"))?.formats).toMatchObject([
      { state: "failed", message: expect.stringContaining("missing or damaged") },
    ]);
    await blobs.adopt(await written(whole), weightsSha256);
    await retryFormat(database.db, { id, format: "native", now });
    await build(id, "native");
    expect((await read("3.0"))?.formats).toMatchObject([{ state: "done" }]);
  });
});

const both = () => ({ en: "", zh: "" });

async function written(bytes: Buffer): Promise<string> {
  const { writeFile } = await import("node:fs/promises");
  const path = join(dataDir, "again");
  await writeFile(path, bytes);
  return path;
}

describe("from the trainer's side", () => {
  test("a checkpoint is found by its weights and gets the next version", async () => {
    const { weightsSha256 } = await made({ seed: 5 });
    const asked = { weightsSha256, formats: ["native" as const] };
    const input = { family: "tiny", asked, memberId: engineer().memberId, now };
    const drafted = await draftByWeights(database.db, input);
    expect(drafted).toMatchObject({ version: "3.1", url: "/models/tiny?release=3.1" });
    await expect(
      draftByWeights(database.db, { ...input, asked: { ...asked, version: "3.1" } }),
    ).rejects.toMatchObject({ details: { reason: "version-taken" } });
    await expect(
      draftByWeights(database.db, { ...input, asked: { ...asked, weightsSha256: "0".repeat(64) } }),
    ).rejects.toMatchObject({ details: { reason: "no-checkpoint" } });
  });
});
