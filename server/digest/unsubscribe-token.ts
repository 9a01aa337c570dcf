import { createHmac, timingSafeEqual } from "node:crypto";

const sign = (key: Buffer, memberId: string): Buffer =>
  createHmac("sha256", key).update(`unsubscribe\n${memberId}`).digest();

/** What a mail carries so that its reader can end the mails without signing in; it is good for that alone. */
export function unsubscribeToken(key: Buffer, memberId: string): string {
  return `${memberId}.${sign(key, memberId).toString("base64url")}`;
}

/** Whose mails the token ends; null when we did not write it. */
export function readUnsubscribeToken(key: Buffer, token: string): string | null {
  const at = token.lastIndexOf(".");
  const memberId = token.slice(0, Math.max(0, at));
  const given = Buffer.from(token.slice(at + 1), "base64url");
  const right = sign(key, memberId);
  return given.length === right.length && timingSafeEqual(given, right) ? memberId : null;
}
