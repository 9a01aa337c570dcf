import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";
const KEY_BYTES = 32;

/** A fresh key for one receiver. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(KEY_BYTES).toString("base64");
}

type Message = { secret: string; id: string; seconds: number; body: string };

/**
 * The three headers by which a receiver knows that a message is ours, new and unchanged, as the Standard Webhooks
 * specification has them: HMAC-SHA256 over `id.timestamp.body`. A try again has the same id and a new timestamp.
 */
export function signWebhook({ secret, id, seconds, body }: Message): Record<string, string> {
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": `v1,${signature}`,
  };
}
