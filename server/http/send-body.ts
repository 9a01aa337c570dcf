import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { hasTag } from "./has-tag.ts";

export type SentBody = {
  status: number;
  body: Buffer;
  headers: Record<string, string>;
};

/**
 * Sends a whole body that was made for this answer. A good answer to a reader carries an ETag and asks to be checked
 * again before it is used: whoever has these very bytes already gets 304 and none of them.
 */
export function sendBody(res: ServerResponse, { status, body, headers }: SentBody): void {
  const { method } = res.req;
  const reads = (method === "GET" || method === "HEAD") && status === 200;
  const head: Record<string, string | number> = { ...headers };
  if (reads && headers["cache-control"] !== "no-store") {
    const etag = createHash("sha256").update(body).digest("base64url").slice(0, 27);
    head["etag"] = `"${etag}"`;
    if (hasTag(res.req.headers["if-none-match"], etag)) {
      res.writeHead(304, head).end();
      return;
    }
  }
  res.writeHead(status, { ...head, "content-length": body.length });
  res.end(method === "HEAD" ? undefined : body);
}
