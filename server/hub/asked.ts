import type { IncomingMessage, ServerResponse } from "node:http";
import type { CheckpointGate } from "../models/checkpoint-gate.ts";
import type { Repo, Revision } from "../models/contract.ts";
import type { createDownloadCounter } from "../models/count-downloads.ts";
import type { Blobs } from "../platform/blobs.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { HubCall } from "./find-hub-call.ts";

export type HubOptions = {
  db: PrismaClient;
  pool: Pool;
  dataDir: string;
  /** Whose weights need the licence to be accepted, besides those of releases. */
  checkpointGate?: CheckpointGate | undefined;
  /** Where visitors reach the portal; absent: what each request says. */
  publicUrl?: string | undefined;
  clock?: Clock;
  log?: Log;
};

/** What every request of one gateway shares. */
export type Hub = HubOptions & {
  clock: Clock;
  blobs: Blobs;
  counter: ReturnType<typeof createDownloadCounter>;
};

export type Asked = {
  options: Hub;
  req: IncomingMessage;
  res: ServerResponse;
  call: HubCall;
  repo: Repo;
  revision: Revision;
};
