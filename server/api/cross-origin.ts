import type { IncomingMessage, ServerResponse } from "node:http";

const READABLE =
  "ETag, Content-Disposition, Content-Range, Accept-Ranges, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id";
const SENDABLE = "Range, If-Range, If-None-Match, Last-Event-ID, Content-Type";

/** Other sites' pages may read whatever is public; nothing here depends on cookies. They may not write. */
export function allowCrossOrigin(req: IncomingMessage, res: ServerResponse): void {
  if (req.method === "GET" || req.method === "HEAD" || req.method === "OPTIONS") {
    res.setHeader("access-control-allow-origin", "*");
    res.setHeader("access-control-expose-headers", READABLE);
  }
}

/** Says what an address takes; to a browser that asks ahead, only reading. */
export function answerOptions(res: ServerResponse, allow: string[]): void {
  res.writeHead(204, {
    allow: allow.join(", "),
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": SENDABLE,
    "access-control-max-age": "86400",
  });
  res.end();
}
