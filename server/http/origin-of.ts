import type { IncomingMessage } from "node:http";

/** Scheme and host under which this request reached the portal, where no setting says it. */
export function originOf(req: IncomingMessage): string {
  const scheme = req.headers["x-forwarded-proto"] === "https" ? "https" : "http";
  return `${scheme}://${req.headers.host ?? "localhost"}`;
}
