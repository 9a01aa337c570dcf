import { seal } from "../auth/seal.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { ALERTS_SHOWN, toAlerts } from "./alert-row.ts";
import type { Alerts, SaveAlerts } from "./contract.ts";
import { newWebhookSecret } from "./sign-webhook.ts";

type Save = SaveAlerts & { memberId: string; key: Buffer; now: number };

/**
 * Keeps what a member wants to hear of a run; events from now on are told. An address for webhooks that is new gets a
 * secret of its own. Throws `not_found` for an unknown run and `bad_request` without any way to be told.
 */
export async function saveAlerts(db: Db, save: Save): Promise<Alerts> {
  const { runId, memberId, kinds, inApp, mail, webhook, language, key, now } = save;
  if (!inApp && !mail && webhook === null) {
    throw new AppError("bad_request", "Choose at least one way to be told, or remove the alerts.");
  }
  if ((await db.run.count({ where: { id: runId } })) === 0) {
    throw new AppError("not_found", "There is no such run. The list of runs names them all.");
  }
  const where = { memberId_runId: { memberId, runId } };
  const known = await db.alertSubscription.findUnique({
    where,
    select: { id: true, webhook: true, secret: true },
  });
  const id = known?.id ?? newId("alr");
  const fresh = () => seal(key, { text: newWebhookSecret(), owner: id });
  const secret =
    webhook === null ? null : webhook === known?.webhook ? (known.secret ?? fresh()) : fresh();
  const wanted = { kinds: [...new Set(kinds)], inApp, mail, webhook, language, secret };
  const row = await db.alertSubscription.upsert({
    where,
    create: { id, memberId, runId, since: new Date(now), ...wanted },
    update: wanted,
    select: ALERTS_SHOWN,
  });
  return toAlerts(row, key);
}
