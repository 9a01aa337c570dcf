import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pool } from "../platform/pool.ts";

export type Live = {
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  close(): Promise<void>;
};

export function createLive(_options: { pool: Pool; url: string }): Live {
  return { handle: async () => false, close: async () => undefined };
}
