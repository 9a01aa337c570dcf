// The gateway for existing download clients (huggingface_hub, @huggingface/hub, transformers, curl): each public
// checkpoint is a revision of the repository PROJECT/RUN. Files are read by name through the revision's own list, so no
// path of a request ever reaches the file system.
import type { IncomingMessage, ServerResponse } from "node:http";
import { handle } from "../http/handle.ts";
import { originOf } from "../http/origin-of.ts";
import { readBody } from "../http/read-body.ts";
import { sendJson } from "../http/send-json.ts";
import { RELEASES, type Repo } from "../models/contract.ts";
import { createDownloadCounter } from "../models/count-downloads.ts";
import { findReleaseRepo } from "../models/find-release-repo.ts";
import { findRepo } from "../models/find-repo.ts";
import { pickRevision } from "../models/pick-revision.ts";
import { createBlobs } from "../platform/blobs.ts";
import { systemClock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import { log as processLog } from "../platform/log.ts";
import type { Asked, Hub, HubOptions } from "./asked.ts";
import { describeExpanded, describeFile, describeModel, describeRefs } from "./describe.ts";
import { findHubCall, type HubCall } from "./find-hub-call.ts";
import { missing } from "./missing.ts";
import { readPaths } from "./read-paths.ts";
import { sendRepoFile } from "./send-repo-file.ts";

const MOST_PATHS_BYTES = 1024 * 1024;
const PAGE = 1000;

/** Answers a request of a hub's client; false for one that is none. */
export function createHub(options: HubOptions) {
  const { clock = systemClock, log = processLog } = options;
  const counter = createDownloadCounter({ ...options, clock });
  const hub = { ...options, clock, counter, blobs: createBlobs(options.dataDir) };
  return async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    const call = findHubCall(req.method ?? "GET", req.url ?? "");
    if (call === null) {
      return false;
    }
    await handle({ req, res, log, clock }, async () => {
      res.setHeader("access-control-allow-origin", "*");
      res.setHeader("access-control-expose-headers", EXPOSED);
      if (call === "method") {
        throw new AppError(
          "method_not_allowed",
          "This address is read only. Use GET, or POST for paths-info.",
        );
      }
      await answer(hub, call, { req, res });
    });
    return true;
  };
}

const EXPOSED = "ETag, Content-Range, Accept-Ranges, Link, X-Repo-Commit, X-Error-Code";

type Exchange = { req: IncomingMessage; res: ServerResponse };

async function answer(options: Hub, call: HubCall, { req, res }: Exchange): Promise<void> {
  const { project, name } = call;
  const repo = await findAnyRepo(options, call);
  if (repo === null) {
    throw missing(res, "RepoNotFound", `There is no model ${project}/${name} here.`);
  }
  if (call.kind === "refs") {
    sendJson(res, { status: 200, value: describeRefs(repo) });
    return;
  }
  const revision = pickRevision(repo, call.revision);
  if (revision === null) {
    throw missing(
      res,
      "RevisionNotFound",
      `${repo.id} has no revision of that name. GET /api/models/${repo.id}/refs lists them.`,
    );
  }
  res.setHeader("x-repo-commit", revision.commit);
  await ANSWERS[call.kind]({ options, req, res, call, repo, revision });
}

/** A model by its name, or a run with its checkpoints. */
async function findAnyRepo(options: Hub, { project, name }: HubCall): Promise<Repo | null> {
  const release = project === RELEASES ? await findReleaseRepo(options.db, name) : null;
  const gate = options.checkpointGate ?? "released";
  return release ?? (await findRepo(options.db, { project, name, gate }));
}

const ANSWERS: Record<Exclude<HubCall["kind"], "refs">, (asked: Asked) => Promise<void>> = {
  info: async ({ res, repo, revision }) =>
    sendJson(res, { status: 200, value: describeModel(repo, revision) }),
  commits: async ({ res, repo }) =>
    sendJson(res, {
      status: 200,
      value: repo.revisions.map(({ commit, title, createdAt }) => ({
        id: commit,
        title,
        message: "",
        authors: [],
        date: new Date(createdAt).toISOString(),
      })),
    }),
  tree: sendTree,
  paths: async ({ req, res, revision }) => {
    const { paths, expand } = readPaths(
      req.headers["content-type"],
      await readBody(req, MOST_PATHS_BYTES),
    );
    const wanted = new Set(paths);
    const found = revision.files.filter(({ path }) => wanted.has(path));
    const value = found.map((file) =>
      expand ? describeExpanded(file, revision) : describeFile(file),
    );
    sendJson(res, { status: 200, value });
  },
  file: sendRepoFile,
};

/** The files below a folder, a page at a time; `Link` leads to the next one. */
async function sendTree({ options, req, res, call, repo, revision }: Asked): Promise<void> {
  const query = new URLSearchParams((req.url ?? "").split("?")[1] ?? "");
  const folder = call.path.replace(/\/$/, "");
  const files = revision.files.filter(
    ({ path }) => folder === "" || path === folder || path.startsWith(`${folder}/`),
  );
  if (files.length === 0) {
    throw missing(res, "EntryNotFound", `${repo.id} has no such folder at ${revision.name}.`);
  }
  const limit = bounded(query.get("limit"), PAGE) || PAGE;
  const from = bounded(query.get("cursor"), files.length);
  if (from + limit < files.length) {
    const origin = options.publicUrl?.replace(/\/$/, "") ?? originOf(req);
    query.set("limit", String(limit));
    query.set("cursor", String(from + limit));
    const path = (req.url ?? "").split("?")[0];
    res.setHeader("link", `<${origin}${path}?${query}>; rel="next"`);
  }
  const expand = query.get("expand")?.toLowerCase() === "true";
  const value = files
    .slice(from, from + limit)
    .map((file) => (expand ? describeExpanded(file, revision) : describeFile(file)));
  sendJson(res, { status: 200, value });
}

function bounded(text: string | null, most: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Math.min(Number(text), most) : 0;
}
