import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isSameOrigin } from "../auth/same-origin.ts";
import { AppError } from "../platform/errors.ts";
import { BARE_POLICY, CSP_REPORT_PATH, contentPolicy } from "./content-policy.ts";

const YEAR_SECONDS = 31_536_000;
const CHANGES_NOTHING = new Set(["GET", "HEAD", "OPTIONS"]);
/** Calls that no cookie opens: tokens stand in a header, which no other site's page can set without being asked. */
const WITHOUT_COOKIES = [/^\/api\/v1\//, /^\/api\/models\//];
const FRAMED = /^(\/(en|zh))?\/embed\//;
const NO_PAGE = /^\/(api\/|_next\/|healthz$|readyz$)/;
const FEATURES = ["camera", "geolocation", "microphone", "midi", "payment", "serial", "usb", "hid"];

/** Sets what every answer says to browsers about what may be done with it. */
export function setSecurityHeaders(req: IncomingMessage, res: ServerResponse): void {
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("referrer-policy", "strict-origin-when-cross-origin");
  res.setHeader("cross-origin-opener-policy", "same-origin");
  res.setHeader("permissions-policy", FEATURES.map((name) => `${name}=()`).join(", "));
  res.setHeader("content-security-policy", BARE_POLICY);
  if (req.headers["x-forwarded-proto"] === "https") {
    res.setHeader("strict-transport-security", `max-age=${YEAR_SECONDS}`);
  }
}

/** Gives a page its policy. Next reads the nonce out of the request's copy and puts it on each of its scripts. */
export function setPagePolicy(
  req: IncomingMessage,
  res: ServerResponse,
  { dev }: { dev: boolean },
): void {
  const path = pathOf(req);
  // Nobody but us may say which nonce counts.
  delete req.headers["content-security-policy-report-only"];
  delete req.headers["content-security-policy"];
  if (NO_PAGE.test(path)) {
    return;
  }
  const framed = FRAMED.test(path);
  const policy = contentPolicy({ nonce: randomBytes(18).toString("base64"), framed, dev });
  req.headers["content-security-policy"] = policy;
  res.setHeader("content-security-policy", policy);
  if (!framed) {
    res.setHeader("x-frame-options", "DENY");
  }
}

/** Refuses, before anything is read, what another site's page sends to change something here. */
export function refuseForeignChange(req: IncomingMessage): void {
  const path = pathOf(req);
  if (
    CHANGES_NOTHING.has(req.method ?? "") ||
    path === CSP_REPORT_PATH ||
    WITHOUT_COOKIES.some((form) => form.test(path))
  ) {
    return;
  }
  const headers = {
    get: (name: string) => [req.headers[name] ?? null].flat()[0] ?? null,
  };
  if (!isSameOrigin(headers)) {
    throw new AppError("forbidden", "Another site's page may not change anything here.");
  }
}

function pathOf(req: IncomingMessage): string {
  return (req.url ?? "").split("?", 1)[0] ?? "";
}
