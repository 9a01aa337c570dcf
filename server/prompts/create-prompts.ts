// POST /api/prompts: a checkpoint continues a text, word by word. The answer is lines of JSON, so that a page can show each
// as it comes. What is asked and answered is kept nowhere.
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { addressOf } from "../auth/client-address.ts";
import { readActor } from "../auth/read-actor.ts";
import { requireMember } from "../auth/require.ts";
import { takeLimit } from "../auth/take-limit.ts";
import { announceLimit } from "../http/announce-limit.ts";
import { checkInput } from "../http/check-input.ts";
import { handle } from "../http/handle.ts";
import { parseJson } from "../http/parse-json.ts";
import { readBody, requireJson } from "../http/read-body.ts";
import { createBlobs } from "../platform/blobs.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import { layOutBlobs } from "../platform/lay-out-blobs.ts";
import { type Log, log as processLog } from "../platform/log.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { Prompt, type PromptLine } from "./contract.ts";
import { openWriter, type Writer } from "./open-writer.ts";
import { createPromptQueue, type PromptQueue } from "./prompt-queue.ts";

type PromptOptions = {
  pool: Pool;
  db: PrismaClient;
  dataDir: string;
  clock?: Clock | undefined;
  log?: Log | undefined;
  timeoutMs?: number;
};

const MOST_BYTES = 32 * 1024;
const TIMEOUT_MS = 60_000;
/** What answering reads of a checkpoint. */
const NEEDED = ["model.safetensors", "config.json", "vocab.txt"];

type Prompts = {
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;
  close(): void;
};

export function createPrompts(options: PromptOptions): Prompts {
  const { clock = systemClock, log = processLog } = options;
  const queue = createPromptQueue((id) => openCheckpoint(options, id));
  return {
    handle: async (req, res) => {
      if (req.url?.split("?")[0] !== "/api/prompts") {
        return false;
      }
      await handle({ req, res, log, clock }, async () => {
        if (req.method !== "POST") {
          res.setHeader("allow", "POST");
          throw new AppError("method_not_allowed", "Send a prompt with POST.");
        }
        await answer({ ...options, clock, queue }, { req, res });
      });
      return true;
    },
    close: () => queue.close(),
  };
}

type Asked = { req: IncomingMessage; res: ServerResponse };
type Tools = PromptOptions & { clock: Clock; queue: PromptQueue };

async function answer(tools: Tools, { req, res }: Asked): Promise<void> {
  const { pool, queue, clock } = tools;
  requireJson(req);
  const prompt = checkInput(Prompt, parseJson(await readBody(req, MOST_BYTES)), "body");
  await requireAskable(tools.db, prompt.checkpointId);
  const asking = { cookie: req.headers.cookie, address: addressOf(req), now: clock() };
  const reader = await readActor(pool, asking);
  const actor = reader.kind === "member" ? requireMember(reader) : reader;
  announceLimit(res, await takeLimit(pool, { action: "generate", actor, now: clock() }));
  const gone = new AbortController();
  res.once("close", () => gone.abort());
  const tell = (line: PromptLine) => {
    if (!res.headersSent) {
      res.writeHead(200, {
        "content-type": "application/x-ndjson; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
    }
    if (!res.destroyed) {
      res.write(`${JSON.stringify(line)}\n`);
    }
  };
  await queue.ask({ prompt, tell, gone: gone.signal });
  res.end();
}

async function requireAskable(db: PrismaClient, id: string): Promise<void> {
  const checkpoint = await db.checkpoint.findUnique({
    where: { id },
    select: { completedAt: true, files: { select: { name: true } } },
  });
  const names = checkpoint?.files.map(({ name }) => name) ?? [];
  if (checkpoint?.completedAt == null || !NEEDED.every((name) => names.includes(name))) {
    throw new AppError("not_found", "There is no such public checkpoint that could answer.");
  }
}

async function openCheckpoint(options: PromptOptions, checkpointId: string): Promise<Writer> {
  const { db, dataDir, timeoutMs = TIMEOUT_MS } = options;
  const rows = await db.checkpointFile.findMany({ where: { checkpointId } });
  const files = rows.map(({ name, size, sha256 }) => ({ name, size: Number(size), sha256 }));
  const folder = join(dataDir, "work", "prompts", checkpointId);
  await layOutBlobs(createBlobs(dataDir), { folder, files });
  return openWriter({ checkpointId, folder, timeoutMs });
}
