// Who gets a file behind the licence: a ledger of everybody there is, by every way to a file, and the real clients.
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { downloadFile, listFiles, snapshotDownload } from "@huggingface/hub";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApi } from "../api/create-api.ts";
import type { MemberActor } from "../auth/actor.ts";
import { createToken } from "../auth/create-token.ts";
import { revokeToken } from "../auth/revoke-token.ts";
import { sessionCookie } from "../auth/session-cookie.ts";
import { acceptLicence } from "../licences/accept-licence.ts";
import { licenceTexts } from "../licences/licence-texts.ts";
import { listAcceptances } from "../licences/list-acceptances.ts";
import { writeReceipt } from "../licences/write-receipt.ts";
import { type Blobs, createBlobs } from "../platform/blobs.ts";
import { yankRelease } from "../releases/end-release.ts";
import { keepText } from "../releases/keep-text.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMember } from "../testing/members.ts";
import { tinyCheckpoint } from "../testing/tiny-model.ts";
import { createHub } from "./create-hub.ts";

const run = promisify(execFile);
const log = pino({ level: "silent" });
const repo = "releases/tiny";
const WEIGHTS = "model.safetensors";

let database: TestDatabase;
let server: Server;
let origin: string;
let folder: string;
let blobs: Blobs;
let checkpoint: Awaited<ReturnType<typeof tinyCheckpoint>>;
let reader: MemberActor & { secret: string };
let stranger: MemberActor & { secret: string };
let engineer: MemberActor;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), "cpm-live-gated-"));
  blobs = createBlobs(folder);
  const api = createApi({ ...database, dataDir: folder, log });
  const hub = createHub({ ...database, dataDir: folder, log });
  server = createServer((req, res) => {
    void api(req, res).then(
      async (ours) => ours || (await hub(req, res)) || res.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  checkpoint = await tinyCheckpoint({ db: database.db, blobs, dataDir: folder });
  engineer = await createMember(database.db, { roles: ["engineer"] });
  reader = await createMember(database.db);
  stranger = await createMember(database.db);
  await release("1.0", Date.now() - 2000);
  await release("2.0", Date.now() - 1000);
  await makeTokens();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const contents: Record<string, string> = {};

/** A published release as the approval leaves it, with a card, a configuration and weights. */
async function release(version: string, at: number): Promise<void> {
  contents[version] = randomBytes(300_000).toString("latin1");
  await database.db.modelFamily.upsert({
    where: { id: "tiny" },
    create: { id: "tiny", title: "Tiny", summary: {}, createdById: engineer.memberId },
    update: {},
  });
  const texts = { "README.md": "# Tiny\n", "config.json": "{}", [WEIGHTS]: contents[version] };
  const files = [];
  for (const [path, text] of Object.entries(texts)) {
    const { sha256, size } = await keepText(blobs, text);
    files.push({
      path,
      format: path === "README.md" ? null : "hf-fp32",
      sha256,
      size: BigInt(size),
    });
  }
  await database.db.release.create({
    data: {
      ...{ id: `rel_${version}`, familyId: "tiny", version, checkpointId: checkpoint.checkpointId },
      ...{ state: "published", authorId: engineer.memberId, prose: {} },
      ...{ publishedAt: new Date(at), manifestSha256: "a".repeat(64), files: { create: files } },
    },
  });
}

async function makeTokens(): Promise<void> {
  const { db } = database;
  const of = async (scope: "download" | "read" | "control", memberId?: string) =>
    await createToken(db, { scope, ...(memberId === undefined ? {} : { memberId }) });
  const revoked = await of("download", reader.memberId);
  await revokeToken(db, { id: revoked.id, now: Date.now() });
  Object.assign(tokens, {
    reader: (await of("download", reader.memberId)).secret,
    stranger: (await of("download", stranger.memberId)).secret,
    "no member's": (await of("download")).secret,
    "of another scope": (await of("read", reader.memberId)).secret,
    revoked: revoked.secret,
    unknown: "cpm_nobody",
  });
}

async function accept(member: MemberActor): Promise<string> {
  const { licence, risks } = await licenceTexts("en");
  const { id } = await acceptLicence(database.db, {
    memberId: member.memberId,
    accepted: {
      ...{ locale: "en", licenceSha256: licence.sha256, risksSha256: risks.sha256 },
      ...{ releaseId: "rel_1.0", readLicence: true, readRisks: true },
    },
    method: "web",
    now: Date.now(),
  });
  return id;
}

const bearer = (name: string) => ({ authorization: `Bearer ${tokens[name]}` });
const cookie = (member: { secret: string }) => ({
  cookie: sessionCookie(member.secret, false).split(";")[0] ?? "",
});

/** Every way in which the bytes of gated weights could be asked for. */
async function ways(): Promise<[string, string, RequestInit][]> {
  const refs = await (await fetch(`${origin}/api/models/${repo}/refs`)).json();
  const commit: string = refs.tags[0].targetCommit;
  const file = (revision: string) => `/${repo}/resolve/${revision}/${WEIGHTS}`;
  return [
    ["the newest", file("main"), {}],
    ["a tag", file("1.0"), {}],
    ["a tag's ref", file("refs%2Ftags%2F1.0"), {}],
    ["a commit", file(commit), {}],
    ["raw", `/${repo}/raw/main/${WEIGHTS}`, {}],
    ["a range", file("main"), { headers: { range: "bytes=0-0" } }],
    ["several ranges", file("main"), { headers: { range: "bytes=0-0,9-9" } }],
    ["HEAD", file("main"), { method: "HEAD" }],
    ["If-None-Match", file("main"), { headers: { "if-none-match": '"x"' } }],
    ["the released checkpoint", `/tiny/${checkpoint.runId}/resolve/main/${WEIGHTS}`, {}],
    ["its API", `/api/v1/checkpoints/${checkpoint.checkpointId}/files/${WEIGHTS}`, {}],
  ];
}

async function ask(path: string, init: RequestInit, headers: Record<string, string>) {
  await database.db.rateLimit.deleteMany();
  const all = { ...(init.headers as Record<string, string> | undefined), ...headers };
  return await fetch(origin + path, { ...init, headers: all });
}

describe("before anybody accepted", () => {
  test("nobody gets a byte of the weights, by whatever way, and hears what to do", async () => {
    const people: [string, Record<string, string>, number][] = [
      ["a visitor", {}, 401],
      ["a member's session", cookie(reader), 403],
      ["a made-up session", { cookie: "cpm_session=made-up" }, 401],
      ["a member's token", bearer("reader"), 403],
      ["a token of nobody", bearer("no member's"), 403],
      ["a token of another scope", bearer("of another scope"), 403],
      ["a revoked token", bearer("revoked"), 401],
      ["an unknown token", bearer("unknown"), 401],
    ];
    for (const [way, path, init] of await ways()) {
      for (const [who, headers, status] of people) {
        const answer = await ask(path, init, headers);
        expect([way, who, answer.status]).toEqual([way, who, status]);
        expect(answer.headers.get("etag")).toBeNull();
      }
    }
  });

  test("the refusal names the documents and where to accept them", async () => {
    const answer = await ask(`/${repo}/resolve/main/${WEIGHTS}`, {}, bearer("reader"));
    expect(answer.headers.get("x-error-code")).toBe("GatedRepo");
    const { error } = await answer.json();
    expect(error.message).toContain(`${origin}/models/tiny#gate`);
    expect(error.details).toMatchObject({
      documents: [
        { name: "licence", version: "1.0" },
        { name: "risks", version: "1.0" },
      ],
    });
  });

  test("card, configuration and the hash-less ways stay as open, or as shut, as they are", async () => {
    for (const path of ["README.md", "config.json"]) {
      expect((await ask(`/${repo}/resolve/main/${path}`, {}, {})).status).toBe(200);
    }
    const { sha256 } = await database.db.releaseFile.findFirstOrThrow({ where: { path: WEIGHTS } });
    for (const guess of [`/blobs/${sha256}`, `/${repo}/resolve/${sha256}/${WEIGHTS}`]) {
      expect((await ask(guess, {}, {})).status).toBe(404);
    }
  });

  test("the existing client tells a gate from what does not exist", async () => {
    const asked = { repo, hubUrl: origin, path: WEIGHTS, accessToken: "hf_x" };
    await expect(downloadFile({ ...asked, fetch: withToken("stranger") })).rejects.toMatchObject({
      statusCode: 403,
    });
    const paths: string[] = [];
    for await (const { path } of listFiles({ repo, hubUrl: origin, recursive: true })) {
      paths.push(path);
    }
    expect(paths).toEqual(["README.md", "config.json", WEIGHTS]);
  });
});

/** The client insists on its own hub's form of a token; ours goes in its place. */
const withToken =
  (name: string): typeof fetch =>
  (url, init) =>
    fetch(url, { ...init, headers: { ...bearer(name), ...rangeOf(init) } });

const rangeOf = (init: RequestInit | undefined): Record<string, string> => {
  const range = new Headers(init?.headers).get("range");
  return range === null ? {} : { range };
};

describe("after a member accepted", () => {
  test("that member gets the weights by every way, and nobody else does", async () => {
    await accept(reader);
    for (const [way, path, init] of await ways()) {
      for (const headers of [bearer("reader"), cookie(reader)]) {
        const { status } = await ask(path, init, headers);
        expect([way, status < 300]).toEqual([way, true]);
      }
      for (const [who, headers] of [
        ["another's token", bearer("stranger")],
        ["another's session", cookie(stranger)],
        ["a revoked token", bearer("revoked")],
        ["a visitor", {}],
      ] as const) {
        const { status } = await ask(path, init, headers);
        expect([way, who, [401, 403].includes(status)]).toEqual([way, who, true]);
      }
    }
  });

  test("the record is one row however often it is said at once, and stands as it was made", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => accept(reader)));
    expect(new Set(ids).size).toBe(1);
    const [id = ""] = ids;
    for (const change of [
      `update "LicenceAcceptance" set "memberId" = 'mem_x'`,
      `delete from "LicenceAcceptance"`,
      `truncate "LicenceAcceptance"`,
    ]) {
      await expect(database.pool.query(change)).rejects.toThrow(/append-only/);
    }
    const receipt = await writeReceipt(database.db, { id, memberId: reader.memberId, origin });
    const { licence, risks } = await licenceTexts("en");
    for (const part of [reader.memberId, licence.sha256, risks.sha256, "tiny 1.0", "web"]) {
      expect(receipt).toContain(part);
    }
    await expect(
      writeReceipt(database.db, { id, memberId: stranger.memberId, origin }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("texts that are not those of now are not accepted", async () => {
    const accepted = {
      ...{ locale: "en" as const, licenceSha256: "0".repeat(64), risksSha256: "0".repeat(64) },
      ...{ releaseId: "rel_1.0", readLicence: true as const, readRisks: true as const },
    };
    const memberId = stranger.memberId;
    await expect(
      acceptLicence(database.db, { memberId, accepted, method: "api", now: 1 }),
    ).rejects.toMatchObject({ details: { reason: "texts-changed" } });
    expect((await listAcceptances(database.db, memberId)).acceptances).toEqual([]);
  });

  test("either language is enough, and a changed text is asked for again", async () => {
    const { licence, risks } = await licenceTexts("zh");
    const row = {
      ...{ version: "1.0", releaseId: "rel_1.0", manifestSha256: "a".repeat(64) },
      ...{ method: "web", at: new Date() },
    };
    const [chinese, early] = [await createMember(database.db), await createMember(database.db)];
    const texts = { licenceSha256: licence.sha256, risksSha256: risks.sha256 };
    const old = { licenceSha256: "b".repeat(64), risksSha256: risks.sha256 };
    await database.db.licenceAcceptance.createMany({
      data: [
        { ...row, ...texts, id: "acc_zh", memberId: chinese.memberId, locale: "zh" },
        { ...row, ...old, id: "acc_old", memberId: early.memberId, locale: "zh" },
      ],
    });
    const file = `/${repo}/resolve/1.0/${WEIGHTS}`;
    expect((await ask(file, {}, cookie(chinese))).status).toBe(200);
    expect((await ask(file, {}, cookie(early))).status).toBe(403);
    await accept(early);
    expect((await ask(file, {}, cookie(early))).status).toBe(200);
    const { acceptances } = await listAcceptances(database.db, early.memberId);
    expect(acceptances.map(({ id }) => id)).toContain("acc_old");
    expect(acceptances).toHaveLength(2);
  });

  test("the existing client takes file and snapshot", async () => {
    const asked = { repo, hubUrl: origin, fetch: withToken("reader") };
    const blob = await downloadFile({ ...asked, path: WEIGHTS, revision: "1.0" });
    expect(await blob?.text()).toBe(contents["1.0"]);
    const cacheDir = join(folder, "js-cache");
    const snapshot = await snapshotDownload({ ...asked, cacheDir });
    expect(readFileSync(join(snapshot, WEIGHTS), "utf8")).toBe(contents["2.0"]);
  });

  test("acceptance by the API opens the files for that token, and a finished download counts once", async () => {
    const { licence, risks } = await (await fetch(`${origin}/api/v1/licence`)).json();
    const body = {
      ...{ locale: "en", licenceSha256: licence.sha256, risksSha256: risks.sha256 },
      ...{ releaseId: "rel_1.0", readLicence: true, readRisks: true },
    };
    const answer = await fetch(`${origin}/api/v1/licence/acceptances`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { ...bearer("stranger"), "content-type": "application/json" },
    });
    expect([answer.status, (await answer.json()).method]).toEqual([201, "api"]);
    const url = `/${repo}/resolve/1.0/${WEIGHTS}`;
    const size = Buffer.byteLength(contents["1.0"] ?? "");
    await database.db.downloadCount.deleteMany();
    await database.db.downloadSeen.deleteMany();
    const part = async (range: string, agent: string) =>
      await (
        await ask(url, { headers: { range, "user-agent": agent } }, bearer("stranger"))
      ).arrayBuffer();
    await part(`bytes=0-${size - 1}`, "Examplebot/1.0");
    await part("bytes=0-99999", "curl/8");
    expect(await database.db.downloadCount.findMany()).toEqual([]);
    for (let time = 0; time < 3; time++) {
      await part("bytes=90000-", "curl/8");
      await part("bytes=0-99999", "curl/8");
    }
    await expect
      .poll(async () => await database.db.downloadCount.findMany())
      .toMatchObject([{ subjectId: "rel_1.0", path: WEIGHTS, count: 1 }]);
  });

  test("a release that was taken back gives nothing to anybody, and says why", async () => {
    const decision = { id: "rel_2.0", reason: "Its vocabulary was cut off." };
    await yankRelease(database.db, { decision, actor: engineer, now: Date.now() });
    const refused = await ask(`/${repo}/resolve/2.0/${WEIGHTS}`, {}, bearer("reader"));
    expect([refused.status, (await refused.json()).error.message]).toEqual([
      403,
      expect.stringContaining("Its vocabulary was cut off."),
    ]);
    const newest = await ask(`/${repo}/resolve/main/${WEIGHTS}`, {}, bearer("reader"));
    const sha = createHash("sha256").update(Buffer.from(await newest.arrayBuffer()));
    expect(sha.digest("hex")).toBe(
      createHash("sha256")
        .update(contents["1.0"] ?? "", "utf8")
        .digest("hex"),
    );
  });
});

/** The machine's Python, or the one that CPM_PYTHON names, if it has the client. */
async function findPython(): Promise<string | null> {
  const { stdout } = await run("sh", ["-c", `printf %s "\${CPM_PYTHON:-python3}"`]);
  const kept = join(import.meta.dirname, "../../node_modules/.cache/transformers/bin/python");
  for (const python of [stdout, kept]) {
    if ((await run(python, ["-c", "import huggingface_hub"]).catch(() => null)) !== null) {
      return python;
    }
  }
  return null;
}
const python = await findPython();

describe("huggingface_hub", () => {
  const script = `
import json, sys
from huggingface_hub import HfApi, hf_hub_download, snapshot_download
repo, cache, mine, other = sys.argv[1:5]
def refusal(call):
    try:
        call()
        return None
    except Exception as error:
        return [kind.__name__ for kind in type(error).__mro__]
print(json.dumps({
  "nobody": refusal(lambda: hf_hub_download(repo, "model.safetensors", cache_dir=cache + "/a", token=False)),
  "other": refusal(lambda: hf_hub_download(repo, "model.safetensors", cache_dir=cache + "/b", token=other)),
  "open": hf_hub_download(repo, "config.json", cache_dir=cache + "/c", token=False),
  "mine": hf_hub_download(repo, "model.safetensors", revision="1.0", cache_dir=cache + "/d", token=mine),
  "snapshot": snapshot_download(repo, cache_dir=cache + "/e", token=mine),
  "tags": [tag.name for tag in HfApi().list_repo_refs(repo, token=mine).tags],
  "gated": HfApi().model_info(repo, token=mine).gated,
}))`;

  test.skipIf(python === null)(
    "meets a gate before acceptance and files after it (skipped where pip cannot bring the client)",
    async () => {
      const cache = join(folder, "py-cache");
      const nobody = await createMember(database.db);
      const { secret } = await createToken(database.db, {
        scope: "download",
        memberId: nobody.memberId,
      });
      const settings = [`HF_ENDPOINT=${origin}`, `HF_HOME=${cache}`, "HF_HUB_DISABLE_TELEMETRY=1"];
      const { stdout } = await run("env", [
        ...[...settings, python ?? "", "-c", script],
        ...[repo, cache, tokens["reader"] ?? "", secret],
      ]);
      const seen = JSON.parse(stdout);
      expect(seen.nobody).toContain("GatedRepoError");
      expect(seen.other).toContain("GatedRepoError");
      expect(readFileSync(seen.open, "utf8")).toBe("{}");
      expect(readFileSync(seen.mine, "utf8")).toBe(contents["1.0"]);
      expect(readFileSync(join(seen.snapshot, WEIGHTS), "utf8")).toBe(contents["1.0"]);
      expect(seen).toMatchObject({ tags: ["1.0", "2.0"], gated: "auto" });
    },
  );
});
