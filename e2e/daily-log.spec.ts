// The daily log as its readers and an engineer meet it, and alerts from the form to the receiver.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMember } from "#server/testing/members.ts";
import { seedArchive } from "../prisma/scenarios/archive.ts";
import { axeViolations, DESK, launchBrowser, PHONE } from "./support/browser.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import { signIn } from "./support/sign-in.ts";
import { type Speaker, startSpeaker } from "./support/speaker.ts";

let portal: Portal;
let browser: Browser;
let speaker: Speaker;
beforeAll(async () => {
  [portal, browser] = await Promise.all([
    startPortal(() => ({ WEBHOOKS_TO_LOOPBACK: "true" })),
    launchBrowser(),
  ]);
  await seedArchive(portal.database);
  speaker = await startSpeaker(portal, "A run with alerts");
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

async function pageFor(options: BrowserContextOptions, member?: { secret: string }): Promise<Page> {
  const context = await browser.newContext(options);
  if (member !== undefined) {
    await signIn(context, portal, member);
  }
  context.setDefaultTimeout(20_000);
  return await context.newPage();
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

test.each([
  ["en", PHONE, "dark"],
  ["zh", DESK, "light"],
] as const)(
  "the archived days are read in %s by calendar, list and one by one",
  async (locale, size, colorScheme) => {
    const page = await pageFor({ ...size, colorScheme });
    await page.goto(`${portal.url}/${locale}/runs/cpm-ant/logs`);
    expect(await page.locator(".log-month").count()).toBe(4);
    expect(await page.locator(".log-day.kept").count()).toBeGreaterThan(50);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axeViolations(page)).toEqual([]);
    const feed = page.locator('link[rel="alternate"][type="application/rss+xml"]');
    const address = (await feed.getAttribute("href")) ?? "";
    const rss = await fetch(new URL(address, portal.url));
    expect([rss.status, (await rss.text()).includes("<item>")]).toEqual([200, true]);
    await page.locator(".log-day.kept").first().click();
    await page.locator(".readout").waitFor();
    expect(await page.locator(".readout dd").count()).toBeGreaterThan(2);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axeViolations(page)).toEqual([]);
    const first = page.url();
    await page.locator('a[rel="prev"], a[rel="next"]').first().click();
    await page.waitForURL((url) => url.toString() !== first);
    await page.context().close();
  },
);

test("an engineer writes with a preview and signs; what is not safe stays text; others only read", async () => {
  const engineer = await createMember(portal.database.db, { roles: ["engineer"] });
  const page = await pageFor(DESK, engineer);
  const address = `${portal.url}/en/runs/cpm-ant/logs/2022-06-10`;
  await page.goto(address);
  await page.getByRole("button", { name: "Write a comment" }).click();
  await page.getByLabel("Comment", { exact: true }).fill("**Calm** day. <script>boom()</script>");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.locator(".log-preview strong").waitFor();
  expect(await page.locator(".log-preview").innerText()).toContain("<script>boom()</script>");
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Keep" }).click();
  await page.locator(".prose strong").waitFor();
  await page.getByRole("button", { name: "Sign this day" }).click();
  await page.getByText(`Signed by ${engineer.name}`).waitFor();
  await page.context().close();
  const reader = await pageFor(PHONE);
  await reader.goto(address);
  expect(await reader.locator(".prose").innerText()).toContain("Calm day.");
  expect(await reader.getByRole("button", { name: "Edit the comment" }).count()).toBe(0);
  await reader.context().close();
});

test("a run whose first day is not over says when its first log comes, and an engineer sets the turn", async () => {
  const engineer = await createMember(portal.database.db, { roles: ["engineer"] });
  const page = await pageFor(PHONE, engineer);
  await page.goto(`${portal.url}/en/runs/${speaker.id}/logs`);
  await page.getByText("No day of this run has ended yet.").waitFor();
  await page.getByLabel("The day ends at").selectOption("16");
  await page.getByLabel("Time zone").fill("Asia/Shanghai");
  await page.getByRole("button", { name: "Set from today on" }).click();
  await page.getByText("16:00 (Asia/Shanghai)").first().waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.context().close();
});

test("a member is told of a spike: on the site, by mail and by a webhook", async () => {
  const heard: string[] = [];
  const receiver: Server = createServer((req, res) => {
    req.on("data", (chunk) => heard.push(String(chunk)));
    req.on("end", () => res.end());
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const member = await createMember(portal.database.db);
  const page = await pageFor(DESK, member);
  await page.goto(`${portal.url}/en/runs/${speaker.id}`);
  const panel = page.locator("#alerts");
  await panel.getByLabel("webhook, to this address").fill(hook);
  await panel.getByLabel("mail", { exact: true }).check();
  await panel.getByRole("button", { name: "Begin to tell me" }).click();
  await panel.getByRole("button", { name: "Send a test message" }).click();
  await panel.getByText("Arrived: 200").waitFor();
  const attempt = 1;
  const { lastBatch } = await portal.post<{ lastBatch: number }>(
    `/api/v1/runs/${speaker.id}/heartbeat`,
    { attempt },
  );
  await portal.post(`/api/v1/runs/${speaker.id}/log`, {
    ...{ attempt, batch: lastBatch + 1 },
    events: [{ kind: "spike", step: 1, message: "The loss rose for one step." }],
  });
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(2);
  expect(JSON.parse(heard[1] ?? "{}").type).toBe("run.spike");
  await panel.getByText("What was told").click();
  await expect.poll(() => panel.locator("tbody tr").count()).toBe(3);
  expect(await axeViolations(page)).toEqual([]);
  receiver.closeAllConnections();
  receiver.close();
  await page.context().close();
});

test("a link to a run shows its curve; the page of the API asks what it names", async () => {
  const page = await pageFor(DESK);
  await page.goto(`${portal.url}/en/runs/cpm-bee`);
  const image = await page.locator('meta[property="og:image"]').getAttribute("content");
  const answer = await fetch(image ?? "");
  const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
  expect([answer.status, width, height]).toEqual([200, 1200, 630]);
  await page.goto(`${portal.url}/en/api`);
  await page.getByText(/200 in \d+ ms/).waitFor();
  await page.getByLabel("Call", { exact: true }).selectOption("readSeries");
  await page.locator(".try-answer").getByText('"series"').waitFor();
  await page.getByText("304, nothing sent twice").waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.goto(`${portal.url}/en/embed/runs/cpm-bee?theme=dark`);
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await scheme()).toBe("dark");
  await page.context().close();
});
