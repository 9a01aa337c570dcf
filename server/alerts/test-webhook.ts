import { unseal } from "../auth/seal.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { TestDelivery } from "./contract.ts";
import { postWebhook } from "./post-webhook.ts";
import { signWebhook } from "./sign-webhook.ts";

type Test = {
  runId: string;
  memberId: string;
  key: Buffer;
  allowLoopback: boolean;
  now: number;
};

/** Sends a signed message of type `test` to the member's webhook at once. Throws `not_found` when there is none. */
export async function testWebhook(db: Db, test: Test): Promise<TestDelivery> {
  const { runId, memberId, key, allowLoopback, now } = test;
  const row = await db.alertSubscription.findUnique({
    where: { memberId_runId: { memberId, runId } },
    select: { id: true, webhook: true, secret: true },
  });
  if (row === null || row.webhook === null || row.secret === null) {
    throw new AppError("not_found", "There is no webhook yet. Save its address, then test it.");
  }
  const timestamp = new Date(now).toISOString();
  const body = JSON.stringify({ type: "test", timestamp, data: { run: { id: runId } } });
  const secret = unseal(key, { sealed: row.secret, owner: row.id });
  const headers = signWebhook({
    secret,
    id: newId("dlv"),
    seconds: Math.floor(now / 1000),
    body,
  });
  const { delivered, answer } = await postWebhook({
    url: row.webhook,
    body,
    headers,
    allowLoopback,
  });
  return { delivered, answer };
}
