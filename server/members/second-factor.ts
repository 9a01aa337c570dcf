import { authenticator } from "otplib";
import type { Actor, MemberActor } from "../auth/actor.ts";
import { endSessions } from "../auth/end-sessions.ts";
import { rotateSession } from "../auth/rotate-session.ts";
import { seal, unseal } from "../auth/seal.ts";
import { takeLimit } from "../auth/take-limit.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { Sql } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { makeRecoveryCodes, takeRecoveryCode } from "./recovery-codes.ts";

const STEP_MS = 30_000;
/** Clocks differ: the code before and the code after the present one count too. */
const DRIFT = [-1, 0, 1];

type Stores = { db: PrismaClient; pool: Sql; key: Buffer };
type Holder = { id: string; totpSecret: string };

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
    throw new AppError("conflict", "You have a second factor already. Take it away first.", {
      details: { reason: "factor-set" },
    });
  }
  return { secret, address: authenticator.keyuri(name, "CPM-Live", secret) };
}

type Given = { actor: Actor; code: string; now: number };
/** The session's new secret; recovery codes when the code has just confirmed a new factor. */
type Admitted = { secret: string; recoveryCodes: string[] | null };

/** Takes a code: it confirms a new secret, or lets in a session that waits for it. Each code is good once. */
export async function giveCode(
  { db, pool, key }: Stores,
  { actor, code, now }: Given,
): Promise<Admitted> {
  const sessionId = actor.kind === "member" ? actor.sessionId : actor.pendingSessionId;
  const session = await db.session.findUnique({
    where: { id: sessionId ?? "", expiresAt: { gt: new Date(now) } },
    select: { id: true, member: { select: { id: true, totpSecret: true, totpConfirmedAt: true } } },
  });
  if (session === null || session.member.totpSecret === null) {
    // Not `unauthorized`: that is said of doors, and this one stands open.
    throw new AppError("bad_request", "There is nothing that waits for a code. Sign in first.", {
      details: { reason: "nothing-waits" },
    });
  }
  const { id, totpSecret, totpConfirmedAt } = session.member;
  await takeLimit(pool, { action: "sign-in.code", actor, key: id, now });
  return await db.$transaction(async (tx) => {
    await proveCode(tx, { key, holder: { id, totpSecret }, code, now });
    const secondFactorAt = new Date(now);
    const recoveryCodes = totpConfirmedAt === null ? await confirm(tx, { key, id, now }) : null;
    const secret = await rotateSession(tx, { sessionId: session.id, secondFactorAt });
    return { secret, recoveryCodes };
  });
}

async function confirm(
  tx: Db,
  { key, id, now }: { key: Buffer; id: string; now: number },
): Promise<string[]> {
  await tx.member.update({ where: { id }, data: { totpConfirmedAt: new Date(now) } });
  return await makeRecoveryCodes(tx, { key, memberId: id });
}

type Proof = { key: Buffer; holder: Holder; code: string; now: number };

/** Throws unless the code is the app's present one, or a recovery code; either is used up by it. */
async function proveCode(tx: Db, { key, holder, code, now }: Proof): Promise<void> {
  const { id, totpSecret } = holder;
  if (code.includes("-")) {
    if (!(await takeRecoveryCode(tx, { key, memberId: id, code, now }))) {
      throw wrongCode();
    }
    return;
  }
  const step = stepOf(unseal(key, { sealed: totpSecret, owner: id }), code, now);
  const { count } = await tx.member.updateMany({
    where: { id, totpSecret, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step },
  });
  if (count === 0) {
    throw new AppError("forbidden", "This code was used. Wait for the next one.", {
      details: { reason: "code-used" },
    });
  }
}

/** Takes the second factor away by a code of it. Other browsers are signed out; this one's session gets a new secret. */
export async function removeFactor(
  stores: Stores,
  { actor, code, now }: Given & { actor: MemberActor },
): Promise<{ secret: string }> {
  const { memberId, sessionId } = actor;
  return await withProof(stores, { actor, code, now }, async (tx) => {
    await tx.member.update({
      where: { id: memberId },
      data: { totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
    });
    await tx.recoveryCode.deleteMany({ where: { memberId } });
    await endSessions(tx, { memberId, except: sessionId });
    return { secret: await rotateSession(tx, { sessionId, secondFactorAt: null }) };
  });
}

/** Ten new recovery codes for whoever gives a code of the app. */
export async function renewRecoveryCodes(
  stores: Stores,
  { actor, code, now }: Given & { actor: MemberActor },
): Promise<string[]> {
  return await withProof(stores, { actor, code, now }, (tx) =>
    makeRecoveryCodes(tx, { key: stores.key, memberId: actor.memberId }),
  );
}

/** Does something that needs the factor itself once more, besides the session. */
async function withProof<T>(
  { db, pool, key }: Stores,
  { actor, code, now }: Given & { actor: MemberActor },
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  const { memberId } = actor;
  await takeLimit(pool, { action: "sign-in.code", actor, key: memberId, now });
  return await db.$transaction(async (tx) => {
    const member = await tx.member.findUniqueOrThrow({
      where: { id: memberId },
      select: { totpSecret: true, totpConfirmedAt: true },
    });
    if (member.totpSecret === null || member.totpConfirmedAt === null) {
      throw new AppError("conflict", "You have no second factor. Set one up first.", {
        details: { reason: "no-factor" },
      });
    }
    await proveCode(tx, {
      key,
      holder: { id: memberId, totpSecret: member.totpSecret },
      code,
      now,
    });
    return await work(tx);
  });
}

function stepOf(secret: string, code: string, now: number): number {
  const present = Math.floor(now / STEP_MS);
  const step = DRIFT.map((drift) => present + drift).find((each) =>
    authenticator.clone({ epoch: each * STEP_MS }).check(code, secret),
  );
  if (step === undefined) {
    throw wrongCode();
  }
  return step;
}

function wrongCode(): AppError {
  return new AppError(
    "forbidden",
    "This code is not right. Give the one that the app shows now, or a recovery code.",
    { details: { reason: "code-wrong" } },
  );
}
