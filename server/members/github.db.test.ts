import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askGithub, type GithubApp, type GithubIdentity, startGithub } from "../auth/ask-github.ts";
import { readActor } from "../auth/read-actor.ts";
import { sessionCookie } from "../auth/session-cookie.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { GITHUB_CLIENT, type MockGithub, mockGithub } from "../testing/github.ts";
import { createMember } from "../testing/members.ts";
import { enterByGithub, linkGithub, openGithubAccount, unlinkGithub } from "./github.ts";

let database: TestDatabase;
let github: MockGithub;
let app: GithubApp;
let accounts = 0;
beforeAll(async () => {
  database = await testDatabase();
  github = await mockGithub({ id: 0, login: "", emails: [] });
  app = {
    ...{ clientId: GITHUB_CLIENT.id, clientSecret: GITHUB_CLIENT.secret },
    ...{ url: github.url, apiUrl: github.url, redirectUri: "http://portal.test/sign-in/github" },
  };
});
afterAll(async () => {
  await github.close();
  await database.close();
});
beforeEach(() => {
  accounts += 1;
  const email = `octo-${accounts}@example.org`;
  github.user = {
    id: accounts,
    login: `octo-${accounts}`,
    emails: [{ email, primary: true, verified: true }],
  };
});

const NOW = Date.now();
const VISITOR = { kind: "visitor", address: "::1" } as const;
const BROWSER = { userAgent: "test", now: NOW };

/** The browser's way to GitHub and back. */
async function goThere() {
  const { url, flow } = await startGithub(app);
  const answer = await fetch(url, { redirect: "manual" });
  const back = new URL(answer.headers.get("location") ?? "");
  const [code, state] = ["code", "state"].map((name) => back.searchParams.get(name) ?? "");
  return { flow, code: code ?? "", state: state ?? "" };
}

const identify = async (): Promise<GithubIdentity> => await askGithub(app, await goThere());

const enter = async (
  identity: GithubIdentity,
  actor: Parameters<typeof enterByGithub>[1]["actor"] = VISITOR,
) => await enterByGithub(database.db, { identity, actor, ...BROWSER });

const whois = (secret: string) =>
  readActor(database.pool, {
    cookie: sessionCookie(secret, false).split(";")[0],
    address: "::1",
    now: NOW,
  });

describe("GitHub vouches", () => {
  test("for whoever comes back with the code, once", async () => {
    const came = await goThere();
    expect(await askGithub(app, came)).toEqual({
      githubId: String(accounts),
      login: `octo-${accounts}`,
      email: `octo-${accounts}@example.org`,
    });
    await expect(askGithub(app, came)).rejects.toMatchObject({ code: "unauthorized" });
  });

  test.each([
    ["another state", (came: Came) => ({ ...came, state: "forged" })],
    ["no state", (came: Came) => ({ ...came, state: "" })],
    [
      "another browser's verifier",
      (came: Came) => ({ ...came, flow: { ...came.flow, verifier: "x".repeat(43) } }),
    ],
    ["a made-up code", (came: Came) => ({ ...came, code: "made-up" })],
  ])("for nobody who comes with %s", async (_what, change) => {
    await expect(askGithub(app, change(await goThere()))).rejects.toMatchObject({
      code: "unauthorized",
    });
  });

  test("for an address only when it is confirmed there", async () => {
    github.user.emails = [{ email: "stranger@example.org", primary: true, verified: false }];
    expect((await identify()).email).toBeNull();
  });
});
type Came = Awaited<ReturnType<typeof goThere>>;

describe("an identity", () => {
  test("without an account opens one under a chosen name, and from then on that one", async () => {
    const identity = await identify();
    expect(await enter(identity)).toEqual({ next: "name" });
    const { secret } = await openGithubAccount(database.db, {
      identity,
      name: "octo-new",
      language: "en",
      ...BROWSER,
    });
    expect(await whois(secret)).toMatchObject({ name: "octo-new", emailVerified: true });
    const again = await enter(identity);
    expect(again.next === "in" && (await whois(again.secret))).toMatchObject({ name: "octo-new" });
  });

  test("with the address of an account gets neither it nor a second one", async () => {
    const victim = await createMember(database.db);
    const { email } = await database.db.member.findUniqueOrThrow({
      where: { id: victim.memberId },
    });
    github.user.emails = [{ email: email?.toUpperCase() ?? "", primary: true, verified: true }];
    const identity = await identify();
    await expect(enter(identity)).rejects.toThrow(/link GitHub under Account/);
    const open = { identity, name: "second-one", language: "en" as const, ...BROWSER };
    await expect(openGithubAccount(database.db, open)).rejects.toThrow(/link GitHub/);
  });

  test("is linked by the word of whoever is signed in, and opens no other account", async () => {
    const [owner, other] = [
      await createMember(database.db, { twoFactor: false }),
      await createMember(database.db),
    ];
    const identity = await identify();
    expect(await enter(identity, owner)).toEqual({ next: "link" });
    expect(
      (await database.db.member.findUniqueOrThrow({ where: { id: owner.memberId } })).githubId,
    ).toBeNull();
    await linkGithub(database.db, { identity, actor: owner });
    expect(await enter(identity, owner)).toEqual({ next: "linked" });
    await expect(enter(identity, other)).rejects.toThrow(/another account/);
    await expect(linkGithub(database.db, { identity, actor: other })).rejects.toThrow(
      /another account/,
    );
    expect(await enter(identity)).toMatchObject({ next: "in", needsCode: false });
  });

  test("of a member with a second factor leads to the code, not past it", async () => {
    const owner = await createMember(database.db, { twoFactor: true });
    const identity = await identify();
    await linkGithub(database.db, { identity, actor: owner });
    const entered = await enter(identity);
    expect(entered).toMatchObject({ next: "in", needsCode: true });
    expect(entered.next === "in" && (await whois(entered.secret)).kind).toBe("visitor");
  });

  test("stays linked as long as nothing else opens the account", async () => {
    const identity = await identify();
    const { secret } = await openGithubAccount(database.db, {
      identity,
      name: `only-github-${accounts}`,
      language: "zh",
      ...BROWSER,
    });
    const actor = await whois(secret);
    if (actor.kind !== "member") {
      throw new Error("Not signed in.");
    }
    await expect(unlinkGithub(database.db, { actor })).rejects.toThrow(/only way/);
    await database.db.member.update({ where: { id: actor.memberId }, data: { passwordHash: "x" } });
    await unlinkGithub(database.db, { actor });
    expect(await enter(identity).catch((error) => error.details)).toEqual({ reason: "link-first" });
  });
});
