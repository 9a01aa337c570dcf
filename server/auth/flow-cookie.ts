// What has to be remembered between two steps of one browser, kept by the browser itself: sealed, so that it can neither
// read nor change it, for ten minutes.
import { z } from "zod";
import { seal, unseal } from "./seal.ts";

const SECURE_NAME = "__Host-cpm-flow";
const PLAIN_NAME = "cpm-flow";
const SECONDS = 600;
const LONGEST = 3_000;

const Kept = z.object({ until: z.number(), value: z.unknown() });

type Keeping = { key: Buffer; flow: string; now: number };

/** A Set-Cookie header that keeps `value` for the flow; undefined takes it away. */
export function flowCookie(
  { key, flow, now }: Keeping,
  { value, secure }: { value: unknown; secure: boolean },
): string {
  const text = JSON.stringify({ until: now + SECONDS * 1000, value });
  const sealed = value === undefined ? "" : encodeURIComponent(seal(key, { text, owner: flow }));
  const age = value === undefined ? 0 : SECONDS;
  const parts = [`${secure ? SECURE_NAME : PLAIN_NAME}=${sealed}`, "Path=/", `Max-Age=${age}`];
  return [...parts, "HttpOnly", "SameSite=Lax", ...(secure ? ["Secure"] : [])].join("; ");
}

/** What this browser keeps for the flow; null when there is nothing, or nothing that still counts. */
export function readFlow<T>(
  { key, flow, now }: Keeping,
  cookie: string,
  schema: z.ZodType<T>,
): T | null {
  const sealed = cookie
    .split(";")
    .map((part) => part.trim().split("=", 2))
    .find(([name]) => name === SECURE_NAME || name === PLAIN_NAME)?.[1];
  if (sealed === undefined || sealed === "" || sealed.length > LONGEST) {
    return null;
  }
  try {
    const text = unseal(key, { sealed: decodeURIComponent(sealed), owner: flow });
    const kept = Kept.parse(JSON.parse(text));
    return kept.until > now ? schema.parse(kept.value) : null;
  } catch {
    return null;
  }
}
