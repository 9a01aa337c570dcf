import { authenticator } from "otplib";
import type { Actor, MemberActor } from "../auth/actor.ts";
import { seal, unseal } from "../auth/seal.ts";
import { takeLimit } from "../auth/take-limit.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { Sql } from "../platform/pool.ts";

const STEP_MS = 30_000;
/** Clocks differ: the code before and the code after the present one count too. */
const DRIFT = [-1, 0, 1];

type Stores = { db: Db; pool: Sql; key: Buffer };

/** A new secret for the member's app. It counts once a code has confirmed it. */
export async function startFactor(
  { db, key }: Stores,
  { actor }: { actor: MemberActor },
): Promise<{ secret: string; address: string }> {
  const { memberId, name } = actor;
  const secret = authenticator.generateSecret(20);
  const { count } = await db.member.updateMany({
    where: { id: memberId, totpConfirmedAt: null },
    data: { totpSecret: seal(key, { text: secret, owner: memberId }), totpLastStep: null },
  });
  if (count === 0) {
    throw new AppError("conflict", "You have a second factor already. Nothing to do.");
  }
  return { secret, address: authenticator.keyuri(name, "CPM-Live", secret) };
}

/** Takes a code: it confirms a new secret, or lets in a session that waits for it. Each code is good once. */
export async function giveCode(
  { db, pool, key }: Stores,
  { actor, code, now }: { actor: Actor; code: string; now: number },
): Promise<void> {
  const sessionId = actor.kind === "member" ? actor.sessionId : actor.pendingSessionId;
  const session = await db.session.findUnique({
    where: { id: sessionId ?? "", expiresAt: { gt: new Date(now) } },
    select: { id: true, member: { select: { id: true, totpSecret: true, totpConfirmedAt: true } } },
  });
  if (session === null || session.member.totpSecret === null) {
    throw new AppError("unauthorized", "There is nothing that waits for a code. Sign in first.");
  }
  const { id, totpSecret, totpConfirmedAt } = session.member;
  await takeLimit(pool, { action: "sign-in.code", actor, key: id, now });
  const step = stepOf(unseal(key, { sealed: totpSecret, owner: id }), code, now);
  const { count } = await db.member.updateMany({
    where: { id, totpSecret, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step, totpConfirmedAt: totpConfirmedAt ?? new Date(now) },
  });
  if (count === 0) {
    throw new AppError("forbidden", "This code was used. Wait for the next one.");
  }
  await db.session.update({ where: { id: session.id }, data: { secondFactorAt: new Date(now) } });
}

function stepOf(secret: string, code: string, now: number): number {
  const present = Math.floor(now / STEP_MS);
  const step = DRIFT.map((drift) => present + drift).find((each) =>
    authenticator.clone({ epoch: each * STEP_MS }).check(code, secret),
  );
  if (step === undefined) {
    throw new AppError("forbidden", "This code is not right. Give the one that the app shows now.");
  }
  return step;
}
