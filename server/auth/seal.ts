import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const KIND = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts a short text; `owner` is bound to it, so that a sealed text copied to another row does not open. */
export function seal(key: Buffer, { text, owner }: { text: string; owner: string }): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(KIND, key, nonce).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
}

/** Throws when the text was sealed for another owner or by another key. */
export function unseal(key: Buffer, { sealed, owner }: { sealed: string; owner: string }): string {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv(KIND, key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([body, decipher.final()]).toString("utf8");
}
