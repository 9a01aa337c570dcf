// One newcomer's way through the forum, from the first mail to the last: sign up, write, be let in, be heard, be
// moderated, be put right, take everything along and leave.
import { readFile } from "node:fs/promises";
import { strFromU8, unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMember } from "#server/testing/members.ts";
import { axeViolations, launchBrowser } from "./support/browser.ts";
import { mailedLink } from "./support/mailbox.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import { signIn } from "./support/sign-in.ts";

const EMAIL = "newcomer@example.org";
const PASSWORD = "a long enough password";
const TITLE = "How fast may the rate fall?";

let portal: Portal;
let browser: Browser;
let newcomer: Page;
let bo: Page;
let moderator: Page;
let other: Page;

beforeAll(async () => {
  [portal, browser] = await Promise.all([
    startPortal((url) => ({ PUBLIC_URL: url })),
    launchBrowser(),
  ]);
  newcomer = await (await browser.newContext()).newPage();
  bo = await as("demo-bo");
  moderator = await as("demo-moderator", true);
  other = await as("demo-other-moderator", true);
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

async function as(name: string, moderates = false): Promise<Page> {
  const roles = moderates ? (["moderator"] as const) : [];
  const member = await createMember(portal.database.db, { name, trust: 2, roles: [...roles] });
  const context = await browser.newContext();
  await signIn(context, portal, member);
  return await context.newPage();
}

const go = (page: Page, path: string) => page.goto(`${portal.url}/en${path}`);

/** Decides on the one post that waits. */
async function decide(outcome: string, reason: string): Promise<void> {
  await go(moderator, "/moderation/queue");
  await moderator
    .locator("article.post")
    .getByLabel("Reason, for everyone to read")
    .first()
    .fill(reason);
  await moderator.getByRole("button", { name: outcome, exact: true }).click();
  await moderator.getByText("Nothing waits.").waitFor();
}

test("whoever is new signs up by mail and writes; a moderator lets the first post in, and who is named hears of it", async () => {
  await go(bo, "/forum");
  await go(newcomer, "/sign-up");
  await newcomer.getByLabel("Mail address").fill(EMAIL);
  await newcomer.getByRole("button", { name: "Send the link" }).click();
  await newcomer.getByText("Look into your mailbox").waitFor();
  await newcomer.goto(await mailedLink(portal, EMAIL));
  await newcomer.getByLabel("Name").fill("demo-newcomer");
  await newcomer.getByLabel("Password").fill(PASSWORD);
  await newcomer.getByRole("button", { name: "Open the account" }).click();
  await newcomer.getByText("Signed in as demo-newcomer.").waitFor();

  await go(newcomer, "/forum/new?category=engineering");
  await newcomer.getByLabel("Title").fill(TITLE);
  await newcomer
    .locator(".new-thread textarea")
    .fill("By $\\frac{a}{b}$ a step, @demo-bo?\n\n```ts\nconst rate = 1;\n```\n");
  await newcomer.getByRole("button", { name: "Open the thread" }).click();
  await newcomer.getByText("Your post waits until a moderator").waitFor();

  await decide("Show it", "Welcome.");
  await bo.getByRole("banner").getByText("1 unread").waitFor({ state: "attached" });
  await bo.getByRole("link", { name: /^Notifications/ }).click();
  await bo.getByRole("link", { name: `demo-newcomer mentioned you in “${TITLE}”.` }).click();
  await bo.locator("#p1 math mfrac").waitFor();
  await bo.locator("#p1 .code-keyword").first().waitFor();
});

test("an edit shows in the history what was there before", async () => {
  await newcomer.goto(bo.url());
  await newcomer.locator("#p1").getByRole("button", { name: "Edit", exact: true }).click();
  const editor = newcomer.locator("#p1 .composer textarea");
  await expect.poll(() => editor.inputValue()).toContain("a step");
  await editor.fill((await editor.inputValue()).replace("step", "epoch"));
  await newcomer.locator("#p1").getByRole("button", { name: "Save" }).click();
  await newcomer
    .locator("#p1")
    .getByRole("link", { name: /Edited once/ })
    .click();
  await newcomer.waitForURL(/history$/);
  expect(await newcomer.locator("del").allTextContents()).toEqual(["step"]);
  expect(await newcomer.locator("ins").allTextContents()).toEqual(["epoch"]);
});

test("a flagged post is hidden with a reason, and comes back when another moderator decides on the appeal", async () => {
  const thread = bo.url().split("#")[0] ?? "";
  await newcomer.goto(thread);
  await newcomer.locator(".reply .composer textarea").fill("Nobody here can tell.");
  await newcomer.getByRole("button", { name: "Post reply" }).click();
  const post = bo.locator("#p2");
  await post.getByText("Nobody here can tell.").waitFor();
  await post.getByRole("button", { name: "Flag", exact: true }).click();
  await post.getByLabel("Disrespectful").check();
  await post.locator(".flag-form").getByRole("button", { name: "Flag", exact: true }).click();
  await post.getByText("Flagged. A moderator will look at it.").waitFor();
  await decide("Hide it", "It is rude.");
  await bo.locator("#p2").getByText("Nobody here can tell.").waitFor({ state: "detached" });

  await go(newcomer, "/notifications");
  await newcomer.getByRole("link", { name: /^A moderator hid your post/ }).click();
  await newcomer.getByText("It is rude.").waitFor();
  await newcomer.getByLabel("Why it should be undone").fill("I meant that nobody has measured it.");
  await newcomer.getByRole("button", { name: "Appeal" }).click();
  await newcomer.getByText("appealed, not decided yet").waitFor();
  expect(await axeViolations(newcomer)).toEqual([]);

  await go(moderator, "/moderation/queue");
  await moderator.getByText("You acted here, so another moderator decides.").waitFor();
  await go(other, "/moderation/queue");
  await other.getByLabel("Answer, for everyone to read").waitFor();
  expect(await axeViolations(other)).toEqual([]);
  await other.getByLabel("Answer, for everyone to read").fill("So it can be read.");
  await other.getByRole("button", { name: "Undo the act" }).click();
  await other.getByText("No appeal waits.").waitFor();
  await bo.locator("#p2").getByText("Nobody here can tell.").waitFor();
  await go(newcomer, "/moderation");
  await newcomer.getByText("appealed, overturned").waitFor();
});

test("whoever leaves takes all their data along, and what others answered to stays under no name", async () => {
  await go(newcomer, "/account");
  await newcomer.getByRole("button", { name: "Pack my data" }).click();
  const link = newcomer.getByRole("link", { name: /^Data of/ });
  await link.waitFor();
  const [download] = await Promise.all([newcomer.waitForEvent("download"), link.click()]);
  const files = unzipSync(await readFile(await download.path()));
  expect(
    Object.values(files)
      .map((file) => strFromU8(file))
      .join(),
  ).toContain("Nobody here can tell.");

  await newcomer.getByRole("button", { name: "Delete my account" }).click();
  await newcomer.getByLabel("Type demo-newcomer to confirm").fill("demo-newcomer");
  await newcomer
    .locator("section", { hasText: "no way back" })
    .getByLabel("Present password")
    .fill(PASSWORD);
  await newcomer.getByRole("button", { name: "Delete it for ever" }).click();
  await newcomer.getByRole("banner").getByRole("link", { name: "Sign in" }).waitFor();
  await bo.reload();
  await bo.locator("#p2").getByText("Nobody here can tell.").waitFor();
  expect(await bo.locator("#p2 header").textContent()).not.toContain("demo-newcomer");
});
