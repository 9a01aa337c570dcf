import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createMember } from "../testing/members.ts";
import type { Actor } from "./actor.ts";
import { endSessions } from "./end-sessions.ts";
import { readActor } from "./read-actor.ts";
import { requireAccount, requireMember, requireRole, requireVoice } from "./require.ts";
import { sessionCookie } from "./session-cookie.ts";
import { SESSION_MS } from "./touch-session.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const NOW = Date.now();
const ask = (secret: string, now = NOW): Promise<Actor> =>
  readActor(database.pool, {
    cookie: `theme=dark; ${sessionCookie(secret, true).split(";")[0]}`,
    address: "192.0.2.1",
    now,
  });

describe("a session's cookie", () => {
  test("names its member, and the database holds only the secret's hash", async () => {
    const { secret, ...member } = await createMember(database.db, { roles: ["engineer"] });
    expect(await ask(secret)).toEqual(member);
    const { rows } = await database.pool.query(`select s::text from "Session" s`);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test("is nobody's once the session ended, expired, or its member is gone", async () => {
    const [ended, old, gone] = [
      await createMember(database.db),
      await createMember(database.db),
      await createMember(database.db),
    ];
    await endSessions(database.db, { memberId: ended.memberId });
    await database.db.member.update({
      where: { id: gone.memberId },
      data: { deletedAt: new Date() },
    });
    const actors = [
      await ask(ended.secret),
      await ask(old.secret, NOW + SESSION_MS + 60_000),
      await ask(gone.secret),
      await ask("cpm_nobody"),
      await ask(""),
    ];
    expect(actors.map(({ kind }) => kind)).toEqual(actors.map(() => "visitor"));
  });

  test("is a visitor's until the second factor is given, when the member has one", async () => {
    const { secret, memberId, sessionId } = await createMember(database.db, { twoFactor: false });
    expect((await ask(secret)).kind).toBe("member");
    await database.db.member.update({
      where: { id: memberId },
      data: { totpConfirmedAt: new Date() },
    });
    expect(await ask(secret)).toMatchObject({ kind: "visitor", pendingSessionId: sessionId });
  });

  test("lives on while it is used, and counts the days", async () => {
    const { secret, memberId } = await createMember(database.db);
    expect((await ask(secret, NOW + SESSION_MS - 60_000)).kind).toBe("member");
    expect((await ask(secret, NOW + SESSION_MS + 60_000)).kind).toBe("member");
    expect(await database.db.memberDay.count({ where: { memberId } })).toBe(2);
  });
});

describe("who may do what", () => {
  const later = new Date(NOW + 3_600_000);
  const allowed = (actor: Actor) =>
    [
      () => requireAccount(actor),
      () => requireMember(actor),
      () => requireVoice(actor),
      () => requireRole(actor, "volunteer"),
      () => requireRole(actor, "engineer"),
      () => requireRole(actor, "moderator", "admin"),
    ].map((rule) => {
      try {
        return rule() === actor;
      } catch {
        return false;
      }
    });

  test.each([
    ["a suspended engineer", { roles: ["engineer"], suspendedUntil: later }, "100000"],
    ["one whose suspension is over", { suspendedUntil: new Date(NOW - 60_000) }, "111000"],
    ["a silenced member", { silencedUntil: later }, "110000"],
    ["a member without confirmed mail", { verified: false }, "110000"],
    ["a member", {}, "111000"],
    ["a volunteer without a second factor", { roles: ["volunteer"], twoFactor: false }, "111100"],
    ["an engineer without a second factor", { roles: ["engineer"], twoFactor: false }, "111000"],
    ["an engineer", { roles: ["engineer"] }, "111010"],
    ["an admin, who is no engineer", { roles: ["admin"] }, "111001"],
  ] as const)("%s", async (_who, options, rights) => {
    const roles = "roles" in options ? [...options.roles] : [];
    const { secret } = await createMember(database.db, { ...options, roles });
    expect(
      allowed(await ask(secret))
        .map(Number)
        .join(""),
    ).toBe(rights);
  });

  test("a visitor", () => {
    expect(allowed({ kind: "visitor", address: "" })).not.toContain(true);
  });
});
