import { randomBytes } from "node:crypto";
import { authenticator } from "otplib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession } from "../auth/open-session.ts";
import { readActor } from "../auth/read-actor.ts";
import { sessionCookie } from "../auth/session-cookie.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMember } from "../testing/members.ts";
import { giveCode, startFactor } from "./second-factor.ts";

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

async function signedIn(memberId: string) {
  const session = await openSession(database.db, {
    memberId,
    method: "password",
    userAgent: "test",
    now: NOW,
  });
  const cookie = sessionCookie(session.secret, false).split(";")[0];
  return () => readActor(database.pool, { cookie, address: "::1", now: NOW });
}

test("a session waits for the code, each code is good once, and only the right one", async () => {
  const actor = await createMember(database.db, { twoFactor: false, roles: ["admin"] });
  const { secret, address } = await startFactor(stores(), { actor });
  expect(address).toContain(secret);
  const stored = await database.db.member.findUnique({ where: { id: actor.memberId } });
  expect(JSON.stringify(stored)).not.toContain(secret);
  await expect(giveCode(stores(), { actor, code: "000000", now: NOW })).rejects.toThrow(
    /not right/,
  );
  await giveCode(stores(), { actor, code: codeAt(secret, NOW), now: NOW });
  await expect(startFactor(stores(), { actor })).rejects.toThrow(/already/);

  const ask = await signedIn(actor.memberId);
  const waiting = await ask();
  expect(waiting).toMatchObject({ kind: "visitor", pendingSessionId: expect.any(String) });
  const give = (now: number) =>
    giveCode(stores(), { actor: waiting, code: codeAt(secret, now), now });
  await expect(give(NOW)).rejects.toThrow(/was used/);
  await give(NOW + 30_000);
  expect(await ask()).toMatchObject({ kind: "member", twoFactor: true });
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
