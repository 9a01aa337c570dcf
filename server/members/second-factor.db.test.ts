import { randomBytes } from "node:crypto";
import { authenticator } from "otplib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemberActor, Role } from "../auth/actor.ts";
import { openSession } from "../auth/open-session.ts";
import { readActor } from "../auth/read-actor.ts";
import { sessionCookie } from "../auth/session-cookie.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMember } from "../testing/members.ts";
import { giveCode, removeFactor, renewRecoveryCodes, startFactor } from "./second-factor.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const NOW = Date.now();
const key = randomBytes(32);
const codeAt = (secret: string, now: number) =>
  authenticator.clone({ epoch: now }).generate(secret);
const stores = () => ({ ...database, key });

const whois = (secret: string) =>
  readActor(database.pool, {
    cookie: sessionCookie(secret, false).split(";")[0],
    address: "::1",
    now: NOW,
  });

const signedIn = async (memberId: string) =>
  (
    await openSession(database.db, {
      memberId,
      method: "password",
      userAgent: "test",
      now: NOW,
    })
  ).secret;

/** A member whose factor was confirmed at NOW, with the session and the codes that came of it. */
async function withFactor(roles: Role[] = []) {
  const actor = await createMember(database.db, { twoFactor: false, roles });
  const { secret, address } = await startFactor(stores(), { actor });
  const given = await giveCode(stores(), { actor, code: codeAt(secret, NOW), now: NOW });
  return { actor, secret, address, session: given.secret, codes: given.recoveryCodes ?? [] };
}

async function member(secret: string): Promise<MemberActor> {
  const actor = await whois(secret);
  if (actor.kind !== "member") {
    throw new Error("A visitor.");
  }
  return actor;
}

test("a session waits for the code, each code is good once, and only the right one", async () => {
  const unset = await createMember(database.db, { twoFactor: false });
  await startFactor(stores(), { actor: unset });
  await expect(giveCode(stores(), { actor: unset, code: "000000", now: NOW })).rejects.toThrow(
    /not right/,
  );
  const { actor, secret, address } = await withFactor(["admin"]);
  expect(address).toContain(secret);
  const stored = await database.db.member.findUnique({ where: { id: actor.memberId } });
  expect(JSON.stringify(stored)).not.toContain(secret);
  await expect(startFactor(stores(), { actor })).rejects.toThrow(/already/);

  const session = await signedIn(actor.memberId);
  const waiting = await whois(session);
  expect(waiting).toMatchObject({ kind: "visitor", pendingSessionId: expect.any(String) });
  const give = (now: number) =>
    giveCode(stores(), { actor: waiting, code: codeAt(secret, now), now });
  await expect(give(NOW)).rejects.toThrow(/was used/);
  const given = await give(NOW + 30_000);
  expect(given.recoveryCodes).toBeNull();
  expect(await whois(given.secret)).toMatchObject({ kind: "member", twoFactor: true });
});

test("a session's secret changes with what it may do", async () => {
  const { actor, secret, session } = await withFactor(["engineer"]);
  expect(await whois(actor.secret)).toMatchObject({ kind: "visitor" });
  expect(await whois(session)).toMatchObject({ kind: "member", twoFactor: true });
  const code = codeAt(secret, NOW + 30_000);
  const left = await removeFactor(stores(), {
    actor: await member(session),
    code,
    now: NOW + 30_000,
  });
  expect(await whois(session)).toMatchObject({ kind: "visitor" });
  expect(await whois(left.secret)).toMatchObject({ kind: "member", twoFactor: false });
});

test("ten recovery codes open a session each, once, and stand nowhere in clear", async () => {
  const { actor, secret, codes, session } = await withFactor();
  expect(new Set(codes).size).toBe(10);
  const { rows } = await database.pool.query(
    `select string_agg(r::text, '') as t from "RecoveryCode" r`,
  );
  expect(codes.filter((code) => rows[0].t.includes(code))).toEqual([]);
  const other = await withFactor();
  const use = async (code: string | undefined) =>
    await giveCode(stores(), {
      actor: await whois(await signedIn(actor.memberId)),
      code: code ?? "",
      now: NOW,
    });
  expect(await whois((await use(codes[0])).secret)).toMatchObject({ kind: "member" });
  await expect(use(codes[0])).rejects.toThrow(/not right/);
  await expect(use(other.codes[0])).rejects.toThrow(/not right/);
  await database.pool.query(`update "RateLimit" set "freeAt" = 0`);
  const code = codeAt(secret, NOW + 30_000);
  const renewed = await renewRecoveryCodes(stores(), {
    actor: await member(session),
    code,
    now: NOW + 30_000,
  });
  await expect(use(codes[1])).rejects.toThrow(/not right/);
  expect(await whois((await use(renewed[0])).secret)).toMatchObject({ kind: "member" });
});

test("one recovery code used in five browsers at once opens one", async () => {
  const { actor, codes } = await withFactor();
  await database.pool.query(`update "RateLimit" set "freeAt" = 0`);
  const waiting = await Promise.all(
    Array.from({ length: 5 }, async () => await whois(await signedIn(actor.memberId))),
  );
  const done = await Promise.allSettled(
    waiting.map((each) => giveCode(stores(), { actor: each, code: codes[2] ?? "", now: NOW })),
  );
  expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a code of the app or a written one takes the factor away, with its codes and the other sessions", async () => {
  const { actor, codes, session } = await withFactor();
  const elsewhere = await giveCode(stores(), {
    actor: await whois(await signedIn(actor.memberId)),
    code: codes[0] ?? "",
    now: NOW,
  });
  const self = await member(session);
  await expect(
    removeFactor(stores(), { actor: self, code: "aaaaa-bbbbb", now: NOW }),
  ).rejects.toThrow(/not right/);
  await removeFactor(stores(), { actor: self, code: codes[1] ?? "", now: NOW });
  expect(await whois(elsewhere.secret)).toMatchObject({ kind: "visitor" });
  expect(await database.db.recoveryCode.count({ where: { memberId: actor.memberId } })).toBe(0);
  await startFactor(stores(), { actor: self });
});

test("of guesses, six in a quarter of an hour are looked at", async () => {
  const actor = await createMember(database.db, { twoFactor: false });
  const { secret } = await startFactor(stores(), { actor });
  const wrong = codeAt(secret, NOW) === "123456" ? "654321" : "123456";
  for (let i = 0; i < 6; i++) {
    await giveCode(stores(), { actor, code: wrong, now: NOW }).catch(() => undefined);
  }
  await expect(
    giveCode(stores(), { actor, code: codeAt(secret, NOW), now: NOW }),
  ).rejects.toMatchObject({ code: "too_many_requests" });
});
