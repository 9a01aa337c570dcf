// The clients that people have, unmodified, against the gateway over real HTTP.
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { downloadFile, listFiles, modelInfo, pathsInfo, snapshotDownload } from "@huggingface/hub";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApi } from "../api/create-api.ts";
import { createToken } from "../auth/create-token.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createHub } from "./create-hub.ts";

const run = promisify(execFile);
const log = pino({ level: "silent" });
const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let database: TestDatabase;
let server: Server;
let origin: string;
let folder: string;
let repo: string;
const weights = randomBytes(3_000_000);
const older = randomBytes(2_000_000);
const vocabulary = Buffer.from("<pad>\n<unk>\n");

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), "cpm-live-hub-"));
  const api = createApi({ ...database, dataDir: folder, log });
  const hub = createHub({ ...database, dataDir: folder, log });
  server = createServer((req, res) => {
    void api(req, res).then(
      async (ours) => ours || (await hub(req, res)) || res.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  repo = await trainSomething();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A run with two public checkpoints and one whose upload has not ended, made through the public API. */
async function trainSomething(): Promise<string> {
  const { secret } = await createToken(database.db, { scope: "ingest" });
  const send = async (call: string, body: unknown, headers = {}) => {
    const [method = "", path = ""] = call.split(" ");
    const bytes = body instanceof Uint8Array;
    const answer = await fetch(origin + path, {
      method,
      body: (bytes ? body : JSON.stringify(body)) as BodyInit,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(bytes ? {} : { "content-type": "application/json" }),
        ...headers,
      },
    });
    expect(answer.ok).toBe(true);
    return await answer.json();
  };
  const { id } = await send("POST /api/v1/runs", { project: "demo", name: "Demo run" });
  await send(`POST /api/v1/runs/${id}/attempts`, { fromStep: 0, reason: "Go." });
  const save = async (step: number, files: Record<string, Uint8Array>, complete = true) => {
    const declared = Object.entries(files).map(([name, bytes]) => ({
      name,
      size: bytes.length,
      sha256: sha(bytes),
    }));
    const registered = await send(`POST /api/v1/runs/${id}/checkpoints`, {
      attempt: 1,
      step,
      files: declared,
    });
    for (const [name, bytes] of complete ? Object.entries(files) : []) {
      await send(`PATCH /api/v1/checkpoints/${registered.id}/files/${name}`, bytes, {
        "upload-offset": "0",
      });
    }
  };
  await save(1000, { "model.safetensors": older, "vocab.txt": vocabulary });
  await save(2000, { "model.safetensors": weights, "vocab.txt": vocabulary });
  await save(3000, { "model.safetensors": randomBytes(10) }, false);
  return `demo/${id}`;
}

describe("@huggingface/hub", () => {
  const at = () => ({ repo, hubUrl: origin });

  test("reads what the model is", async () => {
    const info = await modelInfo({ name: repo, hubUrl: origin, additionalFields: ["sha"] });
    expect(info).toMatchObject({ name: repo, private: false, gated: false });
    expect(info.sha).toMatch(/^[0-9a-f]{40}$/);
  });

  test("lists the newest public revision's files, and none of an upload under way", async () => {
    const files: [string, number][] = [];
    for await (const { path, size } of listFiles({ ...at(), recursive: true })) {
      files.push([path, size]);
    }
    expect(files).toEqual([
      ["model.safetensors", weights.length],
      ["vocab.txt", vocabulary.length],
    ]);
  });

  test("downloads a file of a revision by its step, whole and the right one", async () => {
    const blob = await downloadFile({ ...at(), path: "model.safetensors", revision: "step1000" });
    expect(sha(new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0)))).toBe(sha(older));
  });

  test("tells the hash of each path", async () => {
    const [info] = await pathsInfo({
      ...at(),
      paths: ["model.safetensors", "no.txt"],
      expand: true,
    });
    expect(info).toMatchObject({ path: "model.safetensors", lfs: { oid: sha(weights) } });
  });

  test("takes a snapshot", async () => {
    const cacheDir = join(folder, "js-cache");
    const path = await snapshotDownload({ ...at(), cacheDir });
    expect(sha(readFileSync(join(path, "model.safetensors")))).toBe(sha(weights));
  });

  test("is told null about a file that does not exist", async () => {
    expect(await downloadFile({ ...at(), path: "nothing.bin" })).toBeNull();
  });
});

describe("curl", () => {
  test("goes on where a cut download stopped", async () => {
    const path = join(folder, "cut.bin");
    for (let percent = 1; percent < 100; percent += 7) {
      writeFileSync(path, weights.subarray(0, Math.floor((weights.length * percent) / 100)));
      const url = `${origin}/${repo}/resolve/step2000/model.safetensors`;
      await run("curl", ["-sS", "--fail", "-C", "-", "-o", path, url]);
      expect(sha(readFileSync(path))).toBe(sha(weights));
    }
  });
});

describe("what is not there", () => {
  const kinds = [
    [() => `/api/models/demo/nothing`, "RepoNotFound"],
    [() => `/api/models/${repo}/revision/step9`, "RevisionNotFound"],
    [() => `/api/models/${repo}/revision/step3000`, "RevisionNotFound"],
    [() => `/api/models/${repo}/tree/main/folder`, "EntryNotFound"],
    [() => `/${repo}/resolve/main/..%2f..%2fetc%2fpasswd`, "EntryNotFound"],
    [() => `/${repo}/resolve/main/%00`, "EntryNotFound"],
    [() => `/${repo}/resolve/main/%E0%A4%A`, "EntryNotFound"],
  ] as const;
  test.each(kinds)("case %#: the header names its kind %s", async (path, code) => {
    const answer = await fetch(origin + path());
    expect([answer.status, answer.headers.get("x-error-code")]).toEqual([404, code]);
  });

  test("a missing file still tells the commit, so that clients remember it", async () => {
    const answer = await fetch(`${origin}/${repo}/resolve/main/nothing.bin`, { method: "HEAD" });
    expect(answer.headers.get("x-repo-commit")).toMatch(/^[0-9a-f]{40}$/);
  });
});

test("a commit id names the same files for ever, and the tree comes in pages", async () => {
  const refs = await (await fetch(`${origin}/api/models/${repo}/refs`)).json();
  const names = refs.branches.map(({ name }: { name: string }) => name);
  expect(names).toEqual(["main", "step2000", "step1000"]);
  const commit = refs.branches[2].targetCommit;
  const file = await fetch(`${origin}/${repo}/resolve/${commit}/model.safetensors`);
  expect(sha(new Uint8Array(await file.arrayBuffer()))).toBe(sha(older));
  expect(file.headers.get("cache-control")).toContain("immutable");
  const first = await fetch(`${origin}/api/models/${repo}/tree/main?limit=1`);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
  const second = await fetch(next);
  expect([await first.json(), await second.json()]).toMatchObject([
    [{ path: "model.safetensors" }],
    [{ path: "vocab.txt" }],
  ]);
  expect(second.headers.get("link")).toBeNull();
});

/** The machine's Python, or the one that CPM_PYTHON names, if it has the client. */
async function findPython(): Promise<string | null> {
  const { stdout } = await run("sh", ["-c", `printf %s "\${CPM_PYTHON:-python3}"`]);
  const kept = join(import.meta.dirname, "../../node_modules/.cache/transformers/bin/python");
  for (const command of [stdout, kept]) {
    if ((await run(command, ["-c", "import huggingface_hub"]).catch(() => null)) !== null) {
      return command;
    }
  }
  return null;
}
const python = await findPython();

describe("huggingface_hub", () => {
  const script = `
import json, sys
from huggingface_hub import HfApi, hf_hub_download, snapshot_download
from huggingface_hub.errors import EntryNotFoundError, RepositoryNotFoundError, RevisionNotFoundError
repo, cache = sys.argv[1:3]
def refusal(call):
    try:
        call()
        return None
    except Exception as error:
        return [kind.__name__ for kind in type(error).__mro__]
api = HfApi()
snapshot = snapshot_download(repo, cache_dir=cache)
one = hf_hub_download(repo, "model.safetensors", revision="step1000", cache_dir=cache)
print(json.dumps({
  "snapshot": snapshot, "one": one,
  "tree": [[f.path, f.size, f.lfs.sha256] for f in api.list_repo_tree(repo, recursive=True)],
  "refs": [b.name for b in api.list_repo_refs(repo).branches],
  "commits": len(api.list_repo_commits(repo)),
  "paths": [f.path for f in api.get_paths_info(repo, ["vocab.txt"], expand=True)],
  "file": refusal(lambda: hf_hub_download(repo, "nothing.bin", cache_dir=cache)),
  "revision": refusal(lambda: hf_hub_download(repo, "vocab.txt", revision="step7", cache_dir=cache)),
  "repo": refusal(lambda: api.model_info("demo/nothing")),
}))`;

  test.skipIf(python === null)(
    "snapshots, single files by revision, trees, refs and every kind of 404 (skipped where pip cannot bring the client)",
    async () => {
      const cache = join(folder, "py-cache");
      const settings = [`HF_ENDPOINT=${origin}`, `HF_HOME=${cache}`, "HF_HUB_DISABLE_TELEMETRY=1"];
      const { stdout } = await run("env", [...settings, python ?? "", "-c", script, repo, cache]);
      const seen = JSON.parse(stdout);
      expect(sha(readFileSync(join(seen.snapshot, "model.safetensors")))).toBe(sha(weights));
      expect(sha(readFileSync(seen.one))).toBe(sha(older));
      expect(seen.tree).toEqual([
        ["model.safetensors", weights.length, sha(weights)],
        ["vocab.txt", vocabulary.length, sha(vocabulary)],
      ]);
      expect(seen.refs).toEqual(["main", "step2000", "step1000"]);
      expect(seen).toMatchObject({ commits: 2, paths: ["vocab.txt"] });
      expect(seen.file).toContain("EntryNotFoundError");
      expect(seen.revision).toContain("RevisionNotFoundError");
      expect(seen.repo).toContain("RepositoryNotFoundError");
      expect(existsSync(seen.one) && statSync(seen.one).size).toBe(older.length);
    },
  );
});
