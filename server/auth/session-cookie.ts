import { createHash } from "node:crypto";

/** With https the browser itself guarantees by the prefix that only this host, over https, has set it. */
const SECURE_NAME = "__Host-cpm-session";
const PLAIN_NAME = "cpm-session";
const LONGEST = 200;

/** The cookie may outlive its session; the session's row decides. */
export const COOKIE_SECONDS = 90 * 86_400;

export const sessionCookieName = (secure: boolean): string => (secure ? SECURE_NAME : PLAIN_NAME);

/** The session's secret out of a Cookie header, or null. */
export function readSessionSecret(cookie: string | undefined): string | null {
  for (const part of (cookie ?? "").split(";")) {
    const [name = "", value = ""] = part.trim().split("=", 2);
    if ((name === SECURE_NAME || name === PLAIN_NAME) && value !== "" && value.length <= LONGEST) {
      return value;
    }
  }
  return null;
}

/** What the database keeps of a secret of 196 random bits. */
export function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(secret, "utf8").digest());
}

/** A Set-Cookie header for a session's secret; the empty secret takes the cookie away. */
export function sessionCookie(secret: string, secure: boolean): string {
  const age = secret === "" ? 0 : COOKIE_SECONDS;
  const parts = [`${sessionCookieName(secure)}=${secret}`, "Path=/", `Max-Age=${age}`];
  return [...parts, "HttpOnly", "SameSite=Lax", ...(secure ? ["Secure"] : [])].join("; ");
}
