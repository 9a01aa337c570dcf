import { unseal } from "../auth/seal.ts";
import type { Prisma } from "../platform/db.ts";
import type { Alerts } from "./contract.ts";

export const ALERTS_SHOWN = {
  id: true,
  runId: true,
  run: { select: { name: true } },
  kinds: true,
  inApp: true,
  mail: true,
  webhook: true,
  secret: true,
} satisfies Prisma.AlertSubscriptionSelect;
type Row = Prisma.AlertSubscriptionGetPayload<{ select: typeof ALERTS_SHOWN }>;

export function toAlerts({ run, secret, ...row }: Row, key: Buffer): Alerts {
  return {
    ...row,
    runName: run.name,
    kinds: row.kinds as Alerts["kinds"],
    secret: secret === null ? null : unseal(key, { sealed: secret, owner: row.id }),
  };
}
