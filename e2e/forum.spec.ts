import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callerFor, createMember } from "#server/testing/members.ts";
import { axeViolations, DESK, launchBrowser, PHONE } from "./support/browser.ts";
import { reportExampleRun } from "./support/example-run.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import { signIn } from "./support/sign-in.ts";

type Member = Awaited<ReturnType<typeof createMember>>;

let portal: Portal;
let browser: Browser;
let runId: string;
let ada: Member;
let bo: Member;
let moderator: Member;
let threadUrl: string;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
  runId = await reportExampleRun(portal);
  const { db } = portal.database;
  ada = await createMember(db, { name: "demo-ada", trust: 4 });
  bo = await createMember(db, { name: "demo-bo", trust: 4 });
  moderator = await createMember(db, { name: "demo-moderator", roles: ["moderator"], trust: 4 });
});
afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await browser?.close();
  await portal?.stop();
});

async function open(member: Member | null, path: string): Promise<Page> {
  const context = await browser.newContext(DESK);
  contexts.push(context);
  if (member !== null) {
    await signIn(context, portal, member);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(path.startsWith("http") ? path : `${portal.url}${path}`);
  return page;
}

const field = (page: Page) => page.locator(".reply .composer textarea, .new-thread textarea");

test("a question with a formula, code and a cited span is written, previewed and opened", async () => {
  const page = await open(ada, "/en/forum/new?category=engineering");
  await page.getByLabel("Title").fill("Why did the loss climb at 310?");
  await page.getByLabel("Tags").fill("spike, roll-back");
  await page.getByLabel("This is a question").check();
  const text = `${portal.url}/en/runs/${runId}?from=300&to=340\n\nIt grew by $\\frac{a}{b}$ a step.\n\n\`\`\`ts\nconst clip = 1;\n\`\`\`\n\nAsk @demo-b`;
  await field(page).fill(text);
  await field(page).press("ControlOrMeta+End");
  await page.keyboard.type("o");
  await page.getByRole("option", { name: "@demo-bo" }).waitFor();
  await page.keyboard.press("Enter");
  expect(await field(page).inputValue()).toMatch(/Ask @demo-bo $/);
  await page.getByRole("button", { name: "Preview" }).click();
  await page.locator(".preview math mfrac").waitFor();
  await page.getByRole("button", { name: "Open the thread" }).click();
  await page.waitForURL(/\/en\/forum\/t\/\d+$/);
  threadUrl = page.url();
  const post = page.locator("#p1");
  await post.locator("math mfrac").waitFor();
  expect(await post.locator(".code-keyword").first().textContent()).toBe("const");
  await post.locator("figure.cite svg path").first().waitFor({ state: "attached" });
  expect(await post.getByRole("link", { name: "@demo-bo" }).getAttribute("href")).toBe(
    "/members/demo-bo",
  );
  const told = await portal.database.db.notification.findMany({ where: { memberId: bo.memberId } });
  expect(told.map(({ kind }) => kind)).toEqual(["mention"]);
});

test("a reply with a quotation arrives on every open page without loading it again", async () => {
  const [asker, reader] = [await open(ada, threadUrl), await open(null, threadUrl)];
  await Promise.all([asker, reader].map((page) => page.evaluate("window.sameDocument = true")));
  await field(asker).fill("Half a thought");
  const page = await open(bo, threadUrl);
  await page.locator("#p1").getByRole("button", { name: "Quote" }).click();
  await expect.poll(() => field(page).inputValue()).toContain("> It grew by");
  await field(page).press("ControlOrMeta+End");
  await page.keyboard.type("It was the batch.");
  await page.getByRole("button", { name: "Post reply" }).click();
  for (const one of [page, asker, reader]) {
    await one.locator("#p2").getByText("It was the batch.").waitFor();
  }
  expect(await field(page).inputValue()).toBe("");
  expect(await asker.evaluate("window.sameDocument")).toBe(true);
  expect(await field(asker).inputValue()).toBe("Half a thought");
  await asker.locator("#p2").getByRole("button", { name: "Helpful" }).click();
  await asker.locator("#p2").getByRole("button", { name: "Helpful 1", pressed: true }).waitFor();
  await asker.locator("#p2").getByRole("button", { name: "Accept as the answer" }).click();
  await reader.locator("#p2").getByText("Accepted answer").waitFor();
});

test("a draft is found again on another device, and of two texts neither is lost unasked", async () => {
  const [one, other] = [await open(ada, threadUrl), await open(ada, threadUrl)];
  await expect.poll(() => field(one).inputValue()).toBe("Half a thought");
  await expect.poll(() => field(other).inputValue()).toBe("Half a thought");
  await field(one).fill("Half a thought, and more");
  await one.getByText("Draft saved").waitFor();
  await field(other).fill("Something else");
  await other.getByText("changed in another window").waitFor();
  await other.getByRole("button", { name: "Take the other" }).click();
  await expect.poll(() => field(other).inputValue()).toBe("Half a thought, and more");
});

test("an edit shows what changed in the history for all to see", async () => {
  const page = await open(bo, threadUrl);
  await page.locator("#p2").getByRole("button", { name: "Edit" }).click();
  const editor = page.locator("#p2 .composer textarea");
  await expect.poll(() => editor.inputValue()).toContain("batch");
  await editor.fill((await editor.inputValue()).replace("the batch", "one batch"));
  await page.locator("#p2").getByRole("button", { name: "Save" }).click();
  await page
    .locator("#p2")
    .getByRole("link", { name: /Edited once/ })
    .click();
  await page.waitForURL(/history$/);
  expect(await page.locator("ins").allTextContents()).toEqual(["one"]);
  expect(await page.locator("del").allTextContents()).toEqual(["the"]);
});

test("a reader goes on where they stopped", async () => {
  // Pages that earlier tests left open would go on reading.
  await Promise.all(browser.contexts().map((context) => context.close()));
  const { forum } = callerFor(portal.database, bo);
  const threadId = Number(/\d+$/.exec(threadUrl)?.[0]);
  const first = await open(ada, threadUrl);
  await first.locator("#p2").scrollIntoViewIfNeeded();
  await expect
    .poll(
      async () =>
        (await portal.database.db.forumReading.findFirst({ where: { memberId: ada.memberId } }))
          ?.readTo,
      { timeout: 15_000 },
    )
    .toBe(2);
  await first.close();
  for (const body of ["Three.", "Four."]) {
    await forum.reply({ threadId, body });
  }
  const page = await open(ada, "/en/forum");
  const rail = page.locator("aside").getByRole("link", { name: /Why did the loss climb/ });
  await rail.waitFor();
  expect(await rail.getAttribute("href")).toBe(`/en/forum/t/${threadId}?from=3#p3`);
  await page.getByText("2 new").first().waitFor();
});

test("a moderator locks a thread with a reason, which everyone finds in the decision log", async () => {
  const page = await open(moderator, threadUrl);
  await page.getByLabel("What to do").selectOption("lock");
  await page.getByLabel("Reason, for everyone to read").fill("Settled.");
  await page.locator("aside").getByRole("button", { name: "Lock" }).click();
  await page.getByText("This thread is locked").waitFor();
  await page.goto(`${portal.url}/en/decisions`);
  await page.getByText("Settled.").waitFor();
});

test("the run's page names the threads that cite the steps it shows", async () => {
  const page = await open(null, `/en/runs/${runId}`);
  await page.getByRole("link", { name: "Why did the loss climb at 310?" }).waitFor();
});

test("search engines are told what a thread is, and where it is in the other language", async () => {
  const page = await open(null, threadUrl);
  const text = await page.locator('script[type="application/ld+json"]').textContent();
  expect(JSON.parse(text ?? "")).toMatchObject({
    "@type": "DiscussionForumPosting",
    headline: "Why did the loss climb at 310?",
    author: { name: "demo-ada" },
  });
  expect(await page.locator('link[rel="canonical"]').getAttribute("href")).toBe(threadUrl);
  expect(await page.locator('link[hreflang="zh-Hans"]').getAttribute("href")).toBe(
    threadUrl.replace("/en/", "/zh/"),
  );
  const index = await (await fetch(`${portal.url}/sitemap.xml`)).text();
  const file = /<loc>([^<]+threads-0\.xml)<\/loc>/.exec(index)?.[1] ?? "";
  expect(await (await fetch(file)).text()).toContain(`<loc>${threadUrl}</loc>`);
  const feed = await page.locator('link[type="application/rss+xml"]').getAttribute("href");
  expect(await (await fetch(feed ?? "")).text()).toContain("<item>");
});

describe.each([
  { scheme: "light", locale: "en", size: DESK, pages: ["forum", "forum/new", "thread", "history"] },
  {
    scheme: "dark",
    locale: "zh",
    size: PHONE,
    pages: ["forum/engineering", "thread", "search?q=loss"],
  },
] as const)("$locale, $scheme, $size.viewport.width px", ({ scheme, locale, size, pages }) => {
  test.each(pages)("axe finds nothing on %s", async (name) => {
    const context = await browser.newContext({
      ...size,
      colorScheme: scheme,
      reducedMotion: "reduce",
    });
    contexts.push(context);
    await signIn(context, portal, moderator);
    const page = await context.newPage();
    const post = await portal.database.db.forumPost.findFirstOrThrow({ where: { edits: 1 } });
    const paths: Record<string, string> = {
      thread: new URL(threadUrl).pathname.replace("/en/", ""),
      history: `forum/p/${post.id}/history`,
    };
    await page.goto(`${portal.url}/${locale}/${(paths[name] ?? name).replace(/^\//, "")}`);
    await page.waitForLoadState("load");
    expect(await axeViolations(page)).toEqual([]);
    const width = await page.evaluate<number>("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(size.viewport?.width ?? 0);
  });
});
