import { createHmac } from "node:crypto";
import type { Db } from "../platform/db.ts";
import { randomName } from "../platform/ids.ts";

const COUNT = 10;
const HALF = 5;

/** Keyed: ten characters alone could be guessed from a stolen table. */
function hashCode(key: Buffer, memberId: string, code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac("sha256", key).update(`${memberId} ${code}`).digest());
}

/** Ten new codes, each of which opens a session once without the app; the ones before no longer count. */
export async function makeRecoveryCodes(
  tx: Db,
  { key, memberId }: { key: Buffer; memberId: string },
): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, () => `${randomName(HALF)}-${randomName(HALF)}`);
  await tx.recoveryCode.deleteMany({ where: { memberId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ memberId, hash: hashCode(key, memberId, code) })),
  });
  return codes;
}

/** Uses a code up; false when it is none of this member's, or was used. */
export async function takeRecoveryCode(
  db: Db,
  input: { key: Buffer; memberId: string; code: string; now: number },
): Promise<boolean> {
  const { key, memberId, code, now } = input;
  const { count } = await db.recoveryCode.updateMany({
    where: { memberId, hash: hashCode(key, memberId, code), usedAt: null },
    data: { usedAt: new Date(now) },
  });
  return count === 1;
}
