// From a checkpoint of a real training to a file on somebody's disk: drafted, built, approved by another engineer, the
// licence accepted, the file fetched and its hash compared, a text written by the model, and the receipt.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMember } from "#server/testing/members.ts";
import { axeViolations, launchBrowser } from "./support/browser.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import { signIn } from "./support/sign-in.ts";

let portal: Portal;
let browser: Browser;
beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

async function open(roles: ("engineer" | "volunteer")[], path: string): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ acceptDownloads: true });
  await signIn(context, portal, await createMember(portal.database.db, { roles }));
  const page = await context.newPage();
  await page.goto(portal.url + path);
  return page;
}

const sha256 = async (path: string) =>
  createHash("sha256")
    .update(await readFile(path))
    .digest("hex");

async function train(): Promise<void> {
  const out = `${portal.dataDir}/training`;
  const trainer = portal.trainer(["--recipe", "tiny", "--steps", "4", "--out", out]);
  await expect
    .poll(() => portal.database.db.checkpoint.count({ where: { completedAt: { not: null } } }))
    .toBeGreaterThan(0);
  await trainer.stop();
}

async function draft(page: Page): Promise<void> {
  await page.getByText("Open a model").click();
  await page.getByLabel("Name in addresses").fill("tiny");
  await page.getByLabel("Title", { exact: true }).fill("Tiny");
  await page.getByLabel("What it is, in English").fill("A tiny model of the demo.");
  await page.getByLabel("What it is, in Chinese").fill("演示用的微型模型。");
  await page.getByRole("button", { name: "Open it" }).click();
  await page.getByText("Draft a release").click();
  await page.getByLabel("Version").fill("1.0");
  for (const left of ["Hugging Face, fp16", "Hugging Face, bf16", "Native, fp32"]) {
    await page.getByLabel(left).uncheck();
  }
  await page.getByRole("button", { name: "Draft it and build the formats" }).click();
  await expect.poll(() => page.getByText("Built and proven").count()).toBe(2);
}

async function decide(page: Page, name: string, reason: string): Promise<void> {
  const part = page.locator("details").filter({ hasText: name });
  await part.locator("summary").click();
  await part.getByLabel("Reason, for everyone to read").fill(reason);
  await part.getByRole("button", { name }).click();
}

async function accept(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Accept and unlock the files" });
  expect(await button.isDisabled()).toBe(true);
  for (const text of ["I have read the licence", "I have read the seven risks"]) {
    const box = page.getByLabel(text);
    expect(await box.isChecked()).toBe(false);
    await box.check();
  }
  await button.click();
  await page.getByText("You accepted licence and risks").waitFor();
}

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name, exact: true }).click(),
  ]);
  return await file.path();
}

test("a checkpoint of the running training becomes a release that a member downloads, tries, and has a receipt for", async () => {
  await train();
  const author = await open(["engineer"], "/en/models");
  await draft(author);
  await decide(author, "Approve and publish", "I drafted it myself.");
  await author.getByText("Whoever drafted a release cannot approve it").waitFor();
  const second = await open(["engineer"], "/en/models/tiny?release=1.0");
  await decide(second, "Approve and publish", "Built, compared and read through.");
  await second.getByText("Current", { exact: true }).waitFor();

  const member = await open([], "/en/models/tiny?tab=files");
  const weights = await portal.database.db.releaseFile.findFirstOrThrow({
    where: { path: "int8/model.safetensors" },
  });
  const address = `${portal.url}/releases/tiny/resolve/main/int8/model.safetensors`;
  expect((await member.request.get(address)).status()).toBe(403);
  expect(await axeViolations(member)).toEqual([]);
  await accept(member);
  const file = await download(member, "int8/model.safetensors");
  expect(await sha256(file)).toBe(weights.sha256);
  await member.getByRole("button", { name: "Read the header of" }).click();
  await member.getByText("lm_head.weight").waitFor();

  await member.getByLabel("Beginning").fill("春风");
  await member.getByLabel("New tokens").fill("5");
  await member.getByRole("button", { name: "Go on" }).click();
  await member.getByRole("button", { name: "Put it into a new thread" }).waitFor();

  const receipt = await readFile(await download(member, "Your receipt"), "utf8");
  const release = await portal.database.db.release.findFirstOrThrow();
  expect(receipt).toContain(release.manifestSha256);
  expect(receipt).toContain("tiny 1.0");
});
