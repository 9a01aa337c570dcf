// The gateway for existing download clients (huggingface_hub, @huggingface/hub, transformers, curl): each public
// checkpoint is a revision of the repository PROJECT/RUN. Files are read by name through the revision's own list, so no
// path of a request ever reaches the file system.
import type { IncomingMessage, ServerResponse } from "node:http";
import { handle } from "../http/handle.ts";
import { originOf } from "../http/origin-of.ts";
import { readBody } from "../http/read-body.ts";
import { sendFile } from "../http/send-file.ts";
import { sendJson } from "../http/send-json.ts";
import type { Repo, Revision } from "../models/contract.ts";
import { findRepo } from "../models/find-repo.ts";
import { pickRevision } from "../models/pick-revision.ts";
import type { Blobs } from "../platform/blobs.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { type Log, log as processLog } from "../platform/log.ts";
import { describeExpanded, describeFile, describeModel, describeRefs } from "./describe.ts";
import { findHubCall, type HubCall } from "./find-hub-call.ts";
import { readPaths } from "./read-paths.ts";

export type HubOptions = {
  db: Db;
  blobs: Blobs;
  /** Where visitors reach the portal; absent: what each request says. */
  publicUrl?: string | undefined;
  clock?: Clock;
  log?: Log;
};

const MOST_PATHS_BYTES = 1024 * 1024;
const PAGE = 1000;

type Asked = {
  options: HubOptions;
  req: IncomingMessage;
  res: ServerResponse;
  call: HubCall;
  repo: Repo;
  revision: Revision;
};

/** Answers a request of a hub's client; false for one that is none. */
export function createHub(options: HubOptions) {
  const { clock = systemClock, log = processLog } = options;
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
      await answer(options, call, { req, res });
    });
    return true;
  };
}

const EXPOSED = "ETag, Content-Range, Accept-Ranges, Link, X-Repo-Commit, X-Error-Code";

type Exchange = { req: IncomingMessage; res: ServerResponse };

async function answer(options: HubOptions, call: HubCall, { req, res }: Exchange): Promise<void> {
  const { project, name } = call;
  const repo = await findRepo(options.db, { project, name });
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

const ANSWERS: Record<Exclude<HubCall["kind"], "refs">, (asked: Asked) => Promise<void>> = {
  info: async ({ res, repo, revision }) =>
    sendJson(res, { status: 200, value: describeModel(repo, revision) }),
  commits: async ({ res, repo }) =>
    sendJson(res, {
      status: 200,
      value: repo.revisions.map(({ commit, step, createdAt }) => ({
        id: commit,
        title: `Checkpoint of step ${step}`,
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
  file: async ({ options, req, res, call, repo, revision }) => {
    const file = revision.files.find(({ path }) => path === call.path);
    if (file === undefined) {
      throw missing(res, "EntryNotFound", `${repo.id} has no such file at ${revision.name}.`);
    }
    const immutable = call.revision === revision.commit;
    await sendFile(
      { req, res },
      {
        open: () => options.blobs.open(file),
        size: file.size,
        etag: file.sha256,
        lastModified: new Date(revision.createdAt),
        contentType: "application/octet-stream",
        headers: {
          "content-disposition": `attachment; filename="${file.path.split("/").at(-1)}"`,
          "cache-control": immutable ? "public, max-age=31536000, immutable" : "no-cache",
        },
      },
    );
  },
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

/** A 404 whose kind the clients read from a header: on plain http they cannot tell it from the status. */
function missing(res: ServerResponse, code: string, message: string): AppError {
  res.setHeader("x-error-code", code);
  res.setHeader("x-error-message", message);
  return new AppError("not_found", message);
}
