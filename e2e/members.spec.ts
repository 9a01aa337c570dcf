// An account from its first mail to its end, as its owner meets it.
import { readFile } from "node:fs/promises";
import { strFromU8, unzipSync } from "fflate";
import { authenticator } from "otplib";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unsubscribeToken } from "#server/digest/unsubscribe-token.ts";
import { portalKey } from "#server/platform/portal-key.ts";
import { GITHUB_CLIENT, type MockGithub, mockGithub } from "#server/testing/github.ts";
import { createMember } from "#server/testing/members.ts";
import { axeViolations, launchBrowser, PHONE } from "./support/browser.ts";
import { mailedLink } from "./support/mailbox.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import { signIn } from "./support/sign-in.ts";

let portal: Portal;
let browser: Browser;
let github: MockGithub;
beforeAll(async () => {
  github = await mockGithub({ id: 583_231, login: "octo-cat", emails: [] });
  [portal, browser] = await Promise.all([
    startPortal((url) => ({
      PUBLIC_URL: url,
      GITHUB_CLIENT_ID: GITHUB_CLIENT.id,
      GITHUB_CLIENT_SECRET: GITHUB_CLIENT.secret,
      GITHUB_URL: github.url,
      GITHUB_API_URL: github.url,
    })),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
  await github?.close();
});

const EMAIL = "newcomer@example.org";
const PASSWORD = "a long enough password";

async function openPage(path: string): Promise<Page> {
  const context = await browser.newContext();
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await page.goto(portal.url + path);
  return page;
}

async function enter(page: Page): Promise<void> {
  await page.goto(`${portal.url}/en/sign-in`);
  await page.getByLabel("Mail address").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByRole("textbox", { name: "Code" }).fill(code);
  await page.getByRole("button", { name: "Give the code" }).click();
}

describe("an account", () => {
  let page: Page;
  let secret: string;
  let codes: string[];

  test("is asked for by mail, named, and entered", async () => {
    page = await openPage("/en/sign-up");
    await page.getByLabel("Mail address").fill(EMAIL);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByText("Look into your mailbox").waitFor();
    await page.goto(await mailedLink(portal, EMAIL));
    await page.getByLabel("Name").fill("-no-");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Open the account" }).click();
    await page.getByRole("alert").getByText("3 to 40").waitFor();
    await page.getByLabel("Name").fill("newcomer");
    await page.getByRole("button", { name: "Open the account" }).click();
    await page.getByText("Signed in as newcomer.").waitFor();
  });

  test("gets a second factor and ten recovery codes", async () => {
    await page.getByRole("button", { name: "Set up a second factor" }).click();
    secret = (await page.locator("code").innerText()).trim();
    await giveCode(page, "000000");
    await page.getByRole("alert").getByText("not right").waitFor();
    await giveCode(page, authenticator.generate(secret));
    codes = (await page.locator(".cmd pre").innerText()).trim().split("\n");
    expect(codes).toHaveLength(10);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByText("10 recovery codes are left").waitFor();
  });

  test("is entered on another device with a recovery code, and ended there from here", async () => {
    const elsewhere = await openPage("/en");
    await enter(elsewhere);
    await giveCode(elsewhere, codes[0] ?? "");
    await elsewhere.getByText("Signed in as newcomer.").waitFor();
    await elsewhere.getByText("9 recovery codes are left").waitFor();

    await page.reload();
    await page.getByRole("button", { name: "Sign it out" }).click();
    await page.getByRole("button", { name: "Sign it out" }).waitFor({ state: "detached" });
    await elsewhere.reload();
    await elsewhere.getByText("You are not signed in.").waitFor();
    await elsewhere.context().close();
  });

  test("shows a picture that was drawn anew, and words about oneself", async () => {
    const picture = await sharp({
      create: { width: 300, height: 200, channels: 3, background: "#a33" },
    })
      .withExif({ IFD0: { Copyright: "A SECRET PLACE" } })
      .jpeg()
      .toBuffer();
    const file = { name: "me.jpg", mimeType: "image/jpeg", buffer: picture };
    await page.getByLabel("Picture").setInputFiles(file);
    await page.locator("main img.avatar").waitFor();
    const address = (await page.locator("main img.avatar").getAttribute("src")) ?? "";
    const answer = await page.request.get(portal.url + address);
    expect(answer.headers()["content-type"]).toBe("image/webp");
    expect((await answer.body()).includes("SECRET")).toBe(false);
    const svg = {
      name: "me.png",
      mimeType: "image/png",
      buffer: Buffer.from("<svg onload='alert(1)'/>"),
    };
    await page.getByLabel("Picture").setInputFiles(svg);
    await page.getByRole("alert").getByText("no PNG, JPEG").waitFor();

    await page.getByLabel("About you").fill("I read loss curves.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    expect(await axeViolations(page)).toEqual([]);
    const visitor = await openPage("/en/members/newcomer");
    expect(await axeViolations(visitor)).toEqual([]);
    await visitor.getByText("I read loss curves.").waitFor();
    expect(await visitor.content()).not.toContain(EMAIL);
    await visitor.context().close();
  });

  test("hands its data out and is deleted", async () => {
    await page.getByRole("button", { name: "Pack my data" }).click();
    const link = page.getByRole("link", { name: /^Data of/ });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const files = unzipSync(await readFile(await download.path()));
    expect(JSON.parse(strFromU8(files["Member.json"] ?? new Uint8Array()))).toMatchObject([
      { name: "newcomer", email: EMAIL, bio: "I read loss curves." },
    ]);
    const address = await link.getAttribute("href");
    const stranger = await browser.newContext();
    expect((await stranger.request.get(portal.url + address)).status()).toBe(401);
    await stranger.close();

    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByLabel("Type newcomer to confirm").fill("newcomer");
    await page
      .locator("section", { hasText: "no way back" })
      .getByLabel("Present password")
      .fill(PASSWORD);
    await page.getByRole("button", { name: "Delete it for ever" }).click();
    await page.getByRole("banner").getByRole("link", { name: "Sign in" }).waitFor();
    await enter(page);
    await page.getByRole("alert").getByText("do not belong together").waitFor();
    expect((await page.request.get(`${portal.url}/en/members/newcomer`)).status()).toBe(404);
    await page.context().close();
  });
});

describe("GitHub", () => {
  test("opens a new account under a name of one's own, and that one again", async () => {
    github.user = {
      id: 1,
      login: "octo-cat",
      emails: [{ email: "octo@example.org", primary: true, verified: true }],
    };
    const page = await openPage("/en/sign-in");
    await page.getByRole("button", { name: "Sign in with GitHub" }).click();
    await page.getByText("GitHub vouches for octo-cat").waitFor();
    await page.getByLabel("Name").fill("octo-here");
    await page.getByRole("button", { name: "Open the account" }).click();
    await page.getByText("Signed in as octo-here.").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in with GitHub" }).click();
    await page.getByText("Signed in as octo-here.").waitFor();
    await page.context().close();
  });

  test("is linked to an account by the word of whoever is signed in, in Chinese too", async () => {
    const member = await createMember(portal.database.db, {
      name: "links-later",
      twoFactor: false,
    });
    github.user = {
      id: 2,
      login: "mona",
      emails: [{ email: "links-later@example.org", primary: true, verified: true }],
    };
    const stranger = await openPage("/zh/sign-in");
    await stranger.getByRole("button", { name: "使用 GitHub 登录" }).click();
    await stranger.getByRole("alert").getByText("此邮箱已有账号").waitFor();
    await stranger.context().close();

    const context = await browser.newContext(PHONE);
    await signIn(context, portal, member);
    const page = await context.newPage();
    await page.goto(`${portal.url}/en/account`);
    await page.getByRole("button", { name: "Link a GitHub account" }).click();
    await page.getByText("Should the GitHub account mona open links-later").waitFor();
    const { db } = portal.database;
    const linked = () => db.member.findUnique({ where: { githubId: "2" }, select: { name: true } });
    expect(await linked()).toBeNull();
    await page.getByRole("button", { name: "Link them" }).click();
    await page.getByText("The GitHub account mona opens this account.").waitFor();
    expect(await linked()).toEqual({ name: "links-later" });
    await context.close();
  });

  test("brings nobody in whose way did not begin in this browser", async () => {
    const page = await openPage("/en/sign-in/github?code=stolen&state=forged");
    await page.getByRole("alert").getByText("Start it again").waitFor();
    await page.context().close();
  });
});

test("an admin names an engineer on the member's page, and the decision is public", async () => {
  const admin = await createMember(portal.database.db, { roles: ["admin"] });
  await createMember(portal.database.db, { name: "to-be-engineer" });
  const context = await browser.newContext();
  await signIn(context, portal, admin);
  const page = await context.newPage();
  await page.goto(`${portal.url}/en/members/to-be-engineer`);
  await page.getByLabel("What to change").selectOption("engineer");
  await page.getByLabel("Reason").fill("Runs the cluster from now on.");
  await page.getByRole("button", { name: "Decide" }).click();
  await page.getByRole("link", { name: /^Decision \d+/ }).click();
  await page.getByText("Runs the cluster from now on.").first().waitFor();
  await context.close();
});

test("an account moves to another address by the link that is mailed there", async () => {
  const member = await createMember(portal.database.db, { name: "moves-house" });
  const context = await browser.newContext();
  await signIn(context, portal, member);
  const page = await context.newPage();
  await page.goto(`${portal.url}/en/account`);
  await page.getByLabel("New mail address").fill("new-house@example.org");
  await page.locator("#mail").getByRole("button", { name: "Send the link" }).click();
  await page.getByText("A link is on its way to the new address.").waitFor();
  await page.goto(await mailedLink(portal, "new-house@example.org"));
  await page.getByRole("button", { name: "Move the account to this address" }).click();
  await page.getByText("Your account has the new address.").waitFor();
  await page.getByRole("main").getByRole("link", { name: "Your account" }).click();
  await page.getByText("Mails go to new-house@example.org.").waitFor();
  await context.close();
});

test("mails with what is new end by their own link, without signing in and not by looking at it", async () => {
  const { db } = portal.database;
  const { memberId } = await createMember(db, { name: "had-enough" });
  await db.member.update({ where: { id: memberId }, data: { digest: "daily" } });
  const digest = async () =>
    (await db.member.findUniqueOrThrow({ where: { id: memberId } })).digest;
  const token = unsubscribeToken(await portalKey(portal.dataDir), memberId);
  const page = await openPage(`/api/unsubscribe/${token}`);
  await page.getByRole("button", { name: "End the mails" }).waitFor();
  expect(await digest()).toBe("daily");
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "End the mails" }).click();
  await page.getByText("No more of these mails will come.").waitFor();
  expect(await digest()).toBe("never");
  await page.context().close();
});
