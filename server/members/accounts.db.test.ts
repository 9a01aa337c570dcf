import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readActor } from "../auth/read-actor.ts";
import { sendMail } from "../auth/send-mail.ts";
import { sessionCookie } from "../auth/session-cookie.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";
import { finishReset } from "./finish-reset.ts";
import { finishSignUp } from "./finish-sign-up.ts";
import { grantRole } from "./grant-role.ts";
import { inviteAdmin } from "./invite-admin.ts";
import { sendLink } from "./send-link.ts";
import { signIn } from "./sign-in.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), "mail-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.close();
});
beforeEach(async () => {
  await rm(join(folder, "mail"), { recursive: true, force: true });
});

const NOW = Date.now();
const ORIGIN = "https://portal.example";
const PASSWORD = "a long enough password";
const BROWSER = { userAgent: "test", now: NOW };

async function askFor(
  purpose: "sign_up" | "reset" | "change_email" | "mail_changed",
  email: string,
  { now = NOW, memberId }: { now?: number; memberId?: string } = {},
): Promise<string[]> {
  const settings = { dataDir: folder, smtpUrl: undefined, from: "p@example.org" };
  await sendLink(
    { db: database.db, origin: ORIGIN, now, send: (mail) => sendMail(settings, mail) },
    { purpose, email, language: "en", memberId },
  );
  const names = await readdir(join(folder, "mail")).catch(() => []);
  return await Promise.all(names.map((name) => readFile(join(folder, "mail", name), "utf8")));
}

function secretIn(mail: string | undefined): string {
  // Lines of a mail are broken with =; the secret itself has none.
  return /#(cpm_[a-z0-9]+)/.exec((mail ?? "").replaceAll(/=\r?\n/g, ""))?.[1] ?? "no link";
}

const finish = (secret: string, name: string, now = NOW) =>
  finishSignUp(database.db, { ...BROWSER, secret, name, password: PASSWORD, language: "en", now });

async function account(name: string): Promise<{ email: string; secret: string; memberId: string }> {
  const email = `${name}@example.org`;
  const mails = await askFor("sign_up", email);
  await rm(join(folder, "mail"), { recursive: true });
  return { email, ...(await finish(secretIn(mails[0]), name)) };
}

const enter = (email: string, password = PASSWORD) =>
  signIn(database, { email, password, ...BROWSER, actor: { kind: "visitor", address: "::1" } });

const whois = (secret: string) =>
  readActor(database.pool, {
    cookie: sessionCookie(secret, false).split(";")[0],
    address: "::1",
    now: NOW,
  });

describe("an account", () => {
  test("is made by a mailed link and entered with its password", async () => {
    const { email, secret } = await account("first");
    expect(await whois(secret)).toMatchObject({ name: "first", emailVerified: true, roles: [] });
    const again = await enter(email.toUpperCase());
    expect(again.needsCode).toBe(false);
    expect(await whois(again.secret)).toMatchObject({ name: "first" });
  });

  test("keeps neither password nor link in clear", async () => {
    await account("hidden");
    const { rows } = await database.pool.query(
      `select (select string_agg(m::text, '') from "Member" m) || (select string_agg(t::text, '') from "MailToken" t) as text`,
    );
    expect(rows[0].text).toContain("$argon2id$");
    expect(rows[0].text).not.toContain(PASSWORD);
    expect(rows[0].text).not.toContain("cpm_");
  });

  test("is made once by fifty uses of one link at the same time", async () => {
    const [mail] = await askFor("sign_up", "race@example.org");
    const done = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => finish(secretIn(mail), `race-${i}`)),
    );
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await database.db.member.count({ where: { emailKey: "race@example.org" } })).toBe(1);
  }, 60_000);

  test("of a taken name is refused, and the link stays good", async () => {
    await account("taken");
    const [mail] = await askFor("sign_up", "second@example.org");
    await expect(finish(secretIn(mail), "TAKEN")).rejects.toThrow(/name TAKEN is taken/);
    await finish(secretIn(mail), "free");
  });

  test("cannot be made by a link of the day before yesterday", async () => {
    const [mail] = await askFor("sign_up", "late@example.org");
    await expect(finish(secretIn(mail), "late", NOW + 86_400_001)).rejects.toThrow(/too old/);
  });
});

test("a wrong password and an unknown address get the same answer", async () => {
  const { email } = await account("guessed");
  const wrong = await enter(email, "not the password").catch((error) => error);
  const unknown = await enter("nobody@example.org").catch((error) => error);
  expect(wrong).toMatchObject({ code: "unauthorized" });
  expect({ ...unknown, message: unknown.message }).toEqual({ ...wrong, message: wrong.message });
});

test("asking for a link answers and costs the same whether there is an account or not", async () => {
  const { email } = await account("asked");
  const visitor = callerFor(database, null).members;
  for (const address of [email, "stranger@example.org"]) {
    const ask = { email: address, language: "en" } as const;
    expect(await visitor.askReset(ask)).toEqual({ done: true });
    expect(await visitor.askSignUp(ask)).toEqual({ done: true });
  }
  const [known] = await askFor("sign_up", email);
  expect(known).toContain("You have one already");
});

test("one mailbox gets four mails an hour, whoever asks", async () => {
  const ask = { email: "flooded@example.org", language: "en" } as const;
  const results = [];
  for (let i = 0; i < 5; i++) {
    results.push(
      await callerFor(database, null)
        .members.askReset(ask)
        .catch((e) => e.code),
    );
  }
  expect(results.at(-1)).toBe("TOO_MANY_REQUESTS");
});

describe("a new password", () => {
  test("by mail ends every session, and the link is good once", async () => {
    const { email, secret } = await account("forgetful");
    const [mail] = await askFor("reset", email);
    const link = { secret: secretIn(mail), password: "another good password", now: NOW };
    await finishReset(database.db, link);
    await expect(finishReset(database.db, link)).rejects.toThrow(/used or is too old/);
    expect(await whois(secret)).toMatchObject({ kind: "visitor" });
    await expect(enter(email)).rejects.toThrow();
    await enter(email, "another good password");
  });

  test("is mailed to nobody without an account", async () => {
    expect(await askFor("reset", "unknown@example.org")).toEqual([]);
  });

  test("needs the present one, and signs the other browsers out", async () => {
    const { email } = await account("careful");
    const here = await whois((await enter(email)).secret);
    const there = (await enter(email)).secret;
    const { members } = callerFor(database, here);
    const change = { current: "not it, surely", next: "the next good password" };
    await expect(members.changePassword(change)).rejects.toThrow(/not your present password/);
    await members.changePassword({ ...change, current: PASSWORD });
    expect(await whois(there)).toMatchObject({ kind: "visitor" });
    expect((await members.sessions()).sessions.map(({ current }) => current)).toEqual([true]);
  });
});

describe("another mail address", () => {
  /** Everything that was mailed to an address; lines of a mail are broken with =. */
  const to = (mails: string[], address: string) =>
    mails
      .filter((mail) => mail.includes(`To: ${address}`))
      .join("\n")
      .replaceAll(/=\r?\n/g, "");

  test("is taken by a link that was mailed to it, with word to the former one, in one session", async () => {
    const { email, secret, memberId } = await account("moving");
    const [here, there] = [await whois(secret), (await enter(email)).secret];
    const { members } = callerFor(database, here);
    const next = "moved@example.org";
    const ask = { email: next, language: "en" as const };
    await expect(members.mail.ask({ ...ask, password: "not it" })).rejects.toThrow(
      /not your present/,
    );
    await members.mail.ask({ ...ask, password: PASSWORD });
    const mails = await askFor("change_email", next, { memberId });
    expect(to(mails, email)).toMatch(/choose a new password now/);
    expect(to(mails, email)).not.toContain("#");
    const link = { secret: secretIn(to(mails, next)) };
    const stranger = callerFor(database, await createMember(database.db));
    await expect(stranger.members.mail.confirm(link)).rejects.toThrow(/another account/);
    await members.mail.confirm(link);
    await expect(members.mail.confirm(link)).rejects.toThrow(/used or is too old/);
    expect(await whois(there)).toMatchObject({ kind: "visitor" });
    expect(await whois(secret)).toMatchObject({ kind: "visitor" });
    await expect(enter(email)).rejects.toThrow();
    await enter(next.toUpperCase());
    const { rows } = await database.pool.query(
      `select data from pgboss.job where data->>'purpose' = 'mail_changed' and data->>'email' = $1`,
      [email],
    );
    expect(rows).toHaveLength(1);
    expect(to(await askFor("mail_changed", email), email)).toMatch(/another mail address now/);
  });

  test("that has an account stays with it, and whoever asked is not told", async () => {
    const [first, second] = [await account("has-one"), await account("wants-it")];
    const mails = await askFor("change_email", first.email, { memberId: second.memberId });
    expect(secretIn(to(mails, first.email))).toBe("no link");
    expect(to(mails, first.email)).toContain("so nothing changes");
  });

  test("is refused when the account's owner chose a new password meanwhile", async () => {
    const { memberId, email, secret } = await account("alarmed");
    const next = "thief@example.org";
    const mails = await askFor("change_email", next, { memberId });
    const { members } = callerFor(database, await whois(secret));
    await members.changePassword({ current: PASSWORD, next: "the next good password" });
    const link = { secret: secretIn(to(mails, next)) };
    const again = await whois((await enter(email, "the next good password")).secret);
    await expect(callerFor(database, again).members.mail.confirm(link)).rejects.toThrow(/too old/);
  });

  test("is the account's whose link is used first, when two were asked for it", async () => {
    const [one, two] = [await account("one-of-two"), await account("two-of-two")];
    const next = "wanted@example.org";
    const secrets: string[] = [];
    for (const { memberId } of [one, two]) {
      secrets.push(secretIn(to(await askFor("change_email", next, { memberId }), next)));
      await rm(join(folder, "mail"), { recursive: true });
    }
    await callerFor(database, await whois(one.secret)).members.mail.confirm({
      secret: secrets[0] ?? "",
    });
    await expect(
      callerFor(database, await whois(two.secret)).members.mail.confirm({
        secret: secrets[1] ?? "",
      }),
    ).rejects.toThrow(/has an account already/);
  });
});

test("a member ends sessions of their own only, one or all others", async () => {
  const { email } = await account("owner");
  const owner = await whois((await enter(email)).secret);
  const other = await createMember(database.db);
  const { members } = callerFor(database, owner);
  await members.endSession({ id: other.sessionId });
  expect(await whois(other.secret)).toMatchObject({ kind: "member" });
  const second = (await enter(email)).secret;
  await members.endOtherSessions();
  expect(await whois(second)).toMatchObject({ kind: "visitor" });
  await members.signOut();
  expect(await database.db.session.count({ where: { member: { emailKey: email } } })).toBe(0);
});

describe("roles", () => {
  test("the first admin comes by a link of the portal's machine, and there is no second such link", async () => {
    const invite = () =>
      inviteAdmin(database.db, {
        email: "a@example.org",
        language: "en",
        origin: ORIGIN,
        now: NOW,
      });
    const replaced = secretIn(await invite());
    const { memberId } = await finish(secretIn(await invite()), "chief");
    await expect(finish(replaced, "chief-2")).rejects.toThrow(/used or is too old/);
    await expect(invite()).rejects.toThrow(/admin already/);
    const decision = { kind: "member.grant", subjectId: memberId, data: { role: "admin" } };
    expect(await database.db.decision.findFirst({ orderBy: { number: "desc" } })).toMatchObject(
      decision,
    );
  });

  test("are granted with a public reason, and the member signs in anew", async () => {
    const { memberId, secret } = await account("helper");
    const grant = {
      name: "Helper",
      role: "engineer",
      reason: "Runs the cluster.",
      actorId: null,
      now: NOW,
    } as const;
    await grantRole(database.db, grant);
    expect(await whois(secret)).toMatchObject({ kind: "visitor" });
    await expect(grantRole(database.db, grant)).rejects.toThrow(/already/);
    const held = { memberId_role: { memberId, role: "volunteer" } };
    await expect(
      grantRole(database.db, { ...grant, role: "volunteer", reason: " " }),
    ).rejects.toThrow(/needs a reason/);
    expect(await database.db.memberRole.findUnique({ where: held })).toBeNull();
  });
});
