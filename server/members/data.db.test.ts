import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticateToken } from "../auth/authenticate-token.ts";
import { hashPassword } from "../auth/password.ts";
import { readActor } from "../auth/read-actor.ts";
import { sessionCookie } from "../auth/session-cookie.ts";
import { type Blobs, createBlobs } from "../platform/blobs.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";
import { askExport, findExport, listExports } from "./ask-export.ts";
import { setAvatar } from "./avatar.ts";
import { computeTrust } from "./compute-trust.ts";
import { grantRole, revokeRole } from "./grant-role.ts";
import { exportPath, packExport } from "./pack-export.ts";
import { sweep } from "./sweep.ts";

let database: TestDatabase;
let dataDir: string;
let blobs: Blobs;
beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), "members-data-"));
  blobs = createBlobs(dataDir);
});
afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true });
});

const NOW = Date.now();
const DAY_MS = 86_400_000;
const as = (actor: Parameters<typeof callerFor>[1]) => callerFor(database, actor);
const red = () =>
  sharp({ create: { width: 20, height: 20, channels: 3, background: "red" } })
    .png()
    .toBuffer();

async function writer(options: Parameters<typeof createMember>[1] = {}) {
  const member = await createMember(database.db, options);
  const thread = await as(member).forum.create({
    category: "tools",
    title: `A thread of ${member.memberId}`,
    body: "What others answered to.",
  });
  return { member, thread };
}

describe("an export", () => {
  test("holds every row that names its member, in every table, and no secret", async () => {
    const { member } = await writer();
    await as(member).members.profile.saveSettings({
      ...{ language: "zh", bio: "I train models.", website: "https://example.org/me" },
      ...{ digest: "daily", muted: [{ kind: "reply", medium: "mail" }] },
    });
    await setAvatar({ db: database.db, blobs }, { actor: member, picture: await red() });
    await askExport(database.db, { actor: member, now: NOW });
    await expect(askExport(database.db, { actor: member, now: NOW })).rejects.toThrow(/already/);
    const [asked] = await listExports(database.db, { actor: member, now: NOW });
    const packing = { ...database, blobs, dataDir, now: () => NOW };
    expect(await packExport(packing, asked?.id ?? "")).toBe(member.memberId);

    const files = unzipSync(await readFile(exportPath(dataDir, asked?.id ?? "")));
    const json = (name: string) => JSON.parse(strFromU8(files[name] ?? new Uint8Array()));
    expect(json("Member.json")).toMatchObject([{ name: member.name, bio: "I train models." }]);
    expect(json("ForumPost-authorId.json")).toMatchObject([{ body: "What others answered to." }]);
    expect(json("NotificationMute-memberId.json")).toMatchObject([{ kind: "reply" }]);
    expect(json("Session-memberId.json")).toHaveLength(1);
    expect(Object.keys(files)).toContainEqual(
      expect.stringMatching(/^pictures\/[0-9a-f]{64}\.webp$/),
    );
    const all = Object.values(files)
      .map((bytes) => strFromU8(bytes, true))
      .join("\n");
    expect(all).not.toMatch(/passwordHash|totpSecret|"hash"/);
    const [ready] = await listExports(database.db, { actor: member, now: NOW });
    expect(ready).toMatchObject({ state: "ready", bytes: expect.any(Number) });
    expect(ready?.done).toBe((ready?.parts ?? 0) - 2);
  });

  test("is its member's alone, for a week", async () => {
    const [owner, other] = [await createMember(database.db), await createMember(database.db)];
    await askExport(database.db, { actor: owner, now: NOW });
    const [{ id } = { id: "" }] = await listExports(database.db, { actor: owner, now: NOW });
    const find = (actor: typeof owner, now = NOW) => findExport(database.db, { actor, id, now });
    await expect(find(owner)).rejects.toMatchObject({ code: "not_found" });
    await packExport({ ...database, blobs, dataDir, now: () => NOW }, id);
    expect(await find(owner)).toMatchObject({ id });
    await expect(find(other)).rejects.toMatchObject({ code: "not_found" });
    await expect(find(owner, NOW + 8 * DAY_MS)).rejects.toMatchObject({ code: "not_found" });
    await sweep({ ...database, dataDir }, NOW + 8 * DAY_MS);
    await expect(readFile(exportPath(dataDir, id))).rejects.toThrow(/ENOENT/);
  });
});

describe("a deleted account", () => {
  test("leaves its posts under a name that says nothing, and nothing else of itself", async () => {
    const { member, thread } = await writer({ name: "gone-soon-1" });
    const reader = await createMember(database.db);
    await database.db.member.update({
      where: { id: member.memberId },
      data: {
        passwordHash: await hashPassword("her own password"),
        bio: "Words about gone-soon-1",
      },
    });
    await database.db.notification.create({
      data: {
        ...{ memberId: reader.memberId, kind: "mention", subjectType: "post", subjectId: "1" },
        ...{ url: "/forum/t/1", data: { author: "gone-soon-1", title: "x" } },
      },
    });
    const { secret: token } = await as(member).members.data.createToken({
      label: "x",
      scope: "download",
    });
    const end = (name: string, password?: string) =>
      as(member).members.data.deleteAccount({
        name,
        ...(password === undefined ? {} : { password }),
      });
    await expect(end("gone-soon")).rejects.toThrow(/not your name/);
    await expect(end("gone-soon-1")).rejects.toThrow(/not your present password/);
    await expect(end("gone-soon-1", "a wrong password")).rejects.toThrow(/not your present/);
    await end("gone-soon-1", "her own password");

    const page = await as(null).forum.read({ id: thread.threadId });
    expect(page.posts[0]).toMatchObject({
      body: "What others answered to.",
      author: { deleted: true, name: expect.stringMatching(/^deleted-/) },
    });
    const cookie = sessionCookie(member.secret, false).split(";")[0];
    expect(await readActor(database.pool, { cookie, address: "::1", now: NOW })).toMatchObject({
      kind: "visitor",
    });
    await expect(
      authenticateToken(database.pool, { authorization: `Bearer ${token}`, now: NOW }),
    ).rejects.toMatchObject({ code: "unauthorized" });
    expect(await everywhere("gone-soon-1")).toEqual([]);
    await expect(as(null).members.profile.read({ name: "gone-soon-1" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("is never the last admin's", async () => {
    const admin = await createMember(database.db, { roles: ["admin"] });
    await expect(as(admin).members.data.deleteAccount({ name: admin.name })).rejects.toThrow(
      /last admin/,
    );
    await database.db.memberRole.deleteMany();
  });
});

/** Tables that hold the text in any row. */
async function everywhere(text: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hit = await database.pool.query(
      `select 1 from ${name} t where t::text ilike $1 limit 1`,
      [`%${text}%`],
    );
    if (hit.rows.length > 0) {
      found.push(name);
    }
  }
  return found;
}

describe("trust", () => {
  const levelOf = async (id: string) =>
    (await database.db.member.findUniqueOrThrow({ where: { id } })).trust;
  const visit = (memberId: string, days: number, from = 0) =>
    database.db.memberDay.createMany({
      data: Array.from({ length: days }, (_, i) => ({
        memberId,
        day: new Date(NOW - (from + i) * DAY_MS),
      })),
      skipDuplicates: true,
    });

  /** Without trust, though with a post that a moderator has let through. */
  const newcomer = async () => {
    const written = await writer();
    const where = { id: written.member.memberId };
    await database.db.member.update({ where, data: { trust: 0 } });
    return written;
  };

  test("is what the numbers say, goes up, and is lost again", async () => {
    const { member } = await newcomer();
    await visit(member.memberId, 3);
    await computeTrust(database, { now: NOW });
    expect(await levelOf(member.memberId)).toBe(1);
    await computeTrust(database, { now: NOW + 366 * DAY_MS });
    expect(await levelOf(member.memberId)).toBe(0);
    const told = await database.db.notification.findMany({
      where: { memberId: member.memberId, kind: "trust-changed" },
      orderBy: { id: "asc" },
    });
    expect(told.map(({ data }) => data)).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 0 },
    ]);
  });

  test("is lost with a moderator's act, and comes back when the act was wrong", async () => {
    const { member } = await newcomer();
    await visit(member.memberId, 3);
    const moderator = await createMember(database.db, { roles: ["moderator"] });
    const act = await database.db.moderationAct.create({
      data: {
        ...{ id: "act_1", kind: "hide", memberId: member.memberId, actorId: moderator.memberId },
        ...{ reason: "Spam.", decision: 1, createdAt: new Date(NOW - 2 * DAY_MS) },
      },
    });
    await computeTrust(database, { now: NOW });
    expect(await levelOf(member.memberId)).toBe(0);
    await database.db.moderationAct.update({
      where: { id: act.id },
      data: { revokedAt: new Date(NOW) },
    });
    await computeTrust(database, { now: NOW });
    expect(await levelOf(member.memberId)).toBe(1);
  });
});

test("a new member's post holds two links, a known one's five, and the refusal says so", async () => {
  const links = (count: number) => "[x](https://else.test/) ".repeat(count);
  const post = (trust: number, count: number) =>
    createMember(database.db, { trust }).then((member) =>
      as(member).forum.reply({ threadId: 1, body: links(count) }),
    );
  await post(0, 2);
  await post(1, 5);
  for (const [trust, count] of [
    [0, 3],
    [1, 6],
  ] as const) {
    await expect(post(trust, count)).rejects.toThrow(/at your trust level/);
  }
});

describe("tokens", () => {
  const use = (secret: string) =>
    authenticateToken(database.pool, { authorization: `Bearer ${secret}`, now: NOW });

  test("of a role end with the role", async () => {
    const engineer = await createMember(database.db, { roles: ["engineer"] });
    const { secret } = await as(engineer).members.data.createToken({
      label: "run",
      scope: "ingest",
    });
    expect(await use(secret)).toMatchObject({ memberId: engineer.memberId, scope: "ingest" });
    await revokeRole(database.db, {
      ...{ name: engineer.name, role: "engineer", reason: "Left the team." },
      ...{ actorId: null, now: NOW },
    });
    await expect(use(secret)).rejects.toThrow(/may not do this any more/);
  });

  test("are made only for what their owner may do, and stop while the owner is suspended", async () => {
    const member = await createMember(database.db);
    const { members } = as(member);
    await expect(members.data.createToken({ label: "x", scope: "control" })).rejects.toThrow(
      /role engineer/,
    );
    const { id, secret } = await members.data.createToken({ label: "x", scope: "download" });
    expect((await members.data.tokens()).tokens).toMatchObject([{ id, scope: "download" }]);
    const suspend = (suspendedUntil: Date | null) =>
      database.db.member.update({ where: { id: member.memberId }, data: { suspendedUntil } });
    await suspend(new Date(NOW + DAY_MS));
    await expect(use(secret)).rejects.toThrow(/may not/);
    await suspend(null);
    expect(await use(secret)).toMatchObject({ tokenId: id });
    await members.data.revokeToken({ id });
    await expect(use(secret)).rejects.toThrow(/revoked/);
    expect((await members.data.tokens()).tokens).toEqual([]);
  });
});

describe("roles in the browser", () => {
  test("are given and taken by an admin, with a reason in the log and word to the member", async () => {
    const [admin, member] = [
      await createMember(database.db, { roles: ["admin"] }),
      await createMember(database.db),
    ];
    const change = { name: member.name, role: "moderator", reason: "Asked for it." } as const;
    const { decision } = await as(admin).members.profile.grantRole(change);
    expect(await database.db.decision.findUnique({ where: { number: decision } })).toMatchObject({
      kind: "member.grant",
      actorId: admin.memberId,
      reason: "Asked for it.",
      data: { role: "moderator" },
    });
    expect(await as(null).members.profile.read({ name: member.name.toUpperCase() })).toMatchObject({
      roles: ["moderator"],
    });
    expect(await database.db.session.count({ where: { memberId: member.memberId } })).toBe(0);
    await as(admin).members.profile.revokeRole(change);
    const kinds = await database.db.notification.findMany({ where: { memberId: member.memberId } });
    expect(kinds.map(({ kind }) => kind)).toEqual(["role-granted", "role-revoked"]);
    await expect(as(member).members.profile.grantRole(change)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await database.db.memberRole.deleteMany();
  });

  test("leave one admin, however many take the role from each other at once", async () => {
    const names = ["admin-a", "admin-b", "admin-c"];
    for (const name of names) {
      await createMember(database.db, { name });
      const grant = { name, role: "admin", reason: "First.", actorId: null, now: NOW } as const;
      await grantRole(database.db, grant);
    }
    const taken = await Promise.allSettled(
      names.map((name) =>
        revokeRole(database.db, { name, role: "admin", reason: "Race.", actorId: null, now: NOW }),
      ),
    );
    expect(taken.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(await database.db.memberRole.count({ where: { role: "admin" } })).toBe(1);
  });
});

test("a profile shows what everybody may see, newest post first, a page at a time", async () => {
  const { member } = await writer();
  await database.db.forumPost.createMany({
    data: Array.from({ length: 24 }, (_, i) => ({
      ...{ threadId: 1, number: 1_000 + i, authorId: member.memberId, body: `Post ${i}` },
      state: i === 23 ? "hidden" : "visible",
    })),
  });
  const { members } = as(null);
  const profile = await members.profile.read({ name: member.name });
  expect(profile).toMatchObject({ posts: 24, deleted: false });
  expect(JSON.stringify(profile)).not.toContain("example.org");
  const first = await members.profile.activity({ name: member.name });
  expect(first.items[0]?.excerpt).toBe("Post 22");
  const second = await members.profile.activity({ name: member.name, cursor: first.next });
  expect(first.items.length + second.items.length).toBe(24);
  expect(second.next).toBeNull();
});
