import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callerFor, createMember } from "#server/testing/members.ts";
import { launchBrowser } from "./support/browser.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import { signIn } from "./support/sign-in.ts";
import { XSS_FILE_NAMES, XSS_PAYLOADS } from "./support/xss-payloads.ts";

/** Payloads in one thread: as many posts as one page shows. */
const A_THREAD = 29;
const TITLE_MOST = 200;

type Member = Awaited<ReturnType<typeof createMember>>;

let portal: Portal;
let browser: Browser;
let context: BrowserContext;
let writer: Member;
const threads: { id: number; posts: number }[] = [];
const edited: number[] = [];

beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
  writer = await createMember(portal.database.db, { name: "ada", trust: 4 });
  context = await browser.newContext();
  await signIn(context, portal, writer);
  await context.addInitScript(WATCH);
  for (let first = 0; first < XSS_PAYLOADS.length; first += A_THREAD) {
    const payloads = XSS_PAYLOADS.slice(first, first + A_THREAD);
    threads.push({ id: await openThread(payloads), posts: payloads.length + 1 });
  }
  for (const payload of XSS_PAYLOADS) {
    await openTitled(payload);
  }
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

/** Notes whatever a payload could call, and whatever the page's policy had to keep out. */
const WATCH = `
  globalThis.fired = [];
  for (const name of ["alert", "confirm", "prompt", "print"]) {
    globalThis[name] = (said) => { globalThis.fired.push(name + " " + said); };
  }
  globalThis.kept = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    globalThis.kept.push(event.effectiveDirective + " " + event.blockedURI);
  });`;

/** A member of their own for each thread, so that no limit on writing is met. */
async function openThread(payloads: readonly string[]): Promise<number> {
  const actor = await createMember(portal.database.db, { trust: 4 });
  const { forum } = callerFor(portal.database, actor);
  const opened = await forum.create({
    ...{ category: "tools", title: "Payloads", body: "Nothing runs.", tags: ["xss"] },
  });
  for (const body of payloads) {
    const { id } = await forum.reply({ threadId: opened.threadId, body });
    if (edited.length < 6) {
      await forum.edit({
        postId: id,
        body: `${body}\n\nedited <img src=x onerror=alert(1)>`,
        edits: 0,
      });
      edited.push(id);
    }
  }
  return opened.threadId;
}

/** The payload as a title: straight into the table, for there are more of them than a member may open in a day. */
async function openTitled(payload: string): Promise<void> {
  const title = `x ${payload.replaceAll(/\s+/g, " ").trim()}`.slice(0, TITLE_MOST);
  const { db } = portal.database;
  const { id } = await db.forumThread.create({
    data: { category: "academic", title, authorId: writer.memberId, lastNumber: 1 },
  });
  await db.forumPost.create({
    data: { threadId: id, number: 1, authorId: writer.memberId, body: payload },
  });
}

/** Everything that a reader's pointer and keyboard would set off, on every element at once. */
const TOUCH_ALL = `
  for (const element of document.querySelectorAll("main *")) {
    for (const type of ["mouseover", "mouseenter", "pointerdown", "focus", "blur", "load", "error", "toggle",
      "animationstart", "animationend", "begin"]) {
      element.dispatchEvent(new Event(type, { bubbles: false }));
    }
  }`;

/** Attributes and elements that could run something, wherever on the page. */
const FIND_DANGERS = `(() => {
  const dangers = [];
  for (const element of document.querySelectorAll("main *")) {
    const name = element.localName;
    if (["iframe", "object", "embed", "base", "meta", "foreignobject", "animate", "set", "use"].includes(name)
      && !(name === "use" && element.getAttribute("href").startsWith("#"))) {
      dangers.push(name);
    }
    for (const { name: attribute, value } of element.attributes) {
      const runs = /^\\s*(?:javascript|vbscript|data|blob|feed|view-source):/i.test(value.replaceAll(/[\\u0000-\\u0020]/g, ""));
      if (attribute.startsWith("on") || (["href", "src", "action", "formaction", "xlink:href"].includes(attribute) && runs)) {
        dangers.push(name + " " + attribute + "=" + value.slice(0, 60));
      }
    }
    if (name === "script" && element.type !== "application/ld+json" && !element.nonce) {
      dangers.push("script " + element.textContent.slice(0, 60));
    }
  }
  return dangers;
})()`;

/** What ran, what the policy kept from running, and what could run, after everything on the page was touched. */
async function lookFor(page: Page) {
  await page.evaluate(TOUCH_ALL);
  await page.waitForTimeout(150);
  return {
    fired: await page.evaluate<string[]>("globalThis.fired"),
    kept: await page.evaluate<string[]>("globalThis.kept"),
    dangers: await page.evaluate<string[]>(FIND_DANGERS),
  };
}

async function expectNothingRuns(page: Page): Promise<void> {
  expect(await lookFor(page)).toEqual({ fired: [], kept: [], dangers: [] });
}

/** Names of the elements of a feed, as an XML reader sees them. */
async function elementsOf(page: Page, feed: string): Promise<string[]> {
  return await page.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, "text/xml");
    return [...new Set([...read.querySelectorAll("*")].map((element) => element.localName))];
  }, feed);
}

async function visit(path: string): Promise<Page> {
  const page = await context.newPage();
  page.on("dialog", (dialog) => void dialog.dismiss());
  await page.goto(`${portal.url}${path}`, { waitUntil: "load" });
  await page.waitForTimeout(200);
  return page;
}

test("the corpus holds at least 150 different payloads", () => {
  expect(new Set(XSS_PAYLOADS).size).toBeGreaterThanOrEqual(150);
});

test("a payload that did run would be noticed", async () => {
  const page = await visit("/en/forum");
  const plant = `document.querySelector("main").innerHTML = "<img src='x:' onerror='alert(1)'>"`;
  await expect // The page may still be coming to life, and draw over it once.
    .poll(() => page.evaluate(plant).then(() => lookFor(page)))
    .toMatchObject({
      dangers: ["img onerror=alert(1)"],
      kept: expect.arrayContaining([expect.stringContaining("script-src")]),
    });
  await page.close();
});

test("as posts, every payload is shown and none runs", async () => {
  for (const { id, posts } of threads) {
    const page = await visit(`/en/forum/t/${id}`);
    expect(await page.locator("article.post").count()).toBe(posts);
    await expectNothingRuns(page);
    await page.close();
  }
});

test("as titles, in lists, threads, searches and feeds, none runs", async () => {
  let next: string | null = "/en/forum/academic";
  let rows = 0;
  while (next !== null) {
    const page: Page = await visit(next);
    rows += await page.locator(".thread-list > li").count();
    await expectNothingRuns(page);
    const older = page.getByRole("link", { name: "Older threads" });
    next = (await older.count()) === 0 ? null : await older.getAttribute("href");
    await page.close();
  }
  expect(rows).toBe(XSS_PAYLOADS.length);
  const titled = await portal.database.db.forumThread.findMany({ where: { category: "academic" } });
  for (const { id } of titled.filter((_, index) => index % 15 === 0)) {
    const page = await visit(`/en/forum/t/${id}`);
    await expectNothingRuns(page);
    await page.close();
  }
  const reader = await visit("/en/forum");
  for (const path of ["/en/forum/feed", `/en/forum/t/${threads[0]?.id}/feed`]) {
    const answer = await fetch(portal.url + path);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    const elements = await elementsOf(reader, await answer.text());
    expect(elements).toContain("item");
    for (const name of ["parsererror", "script", "img", "svg", "iframe"]) {
      expect(elements).not.toContain(name);
    }
  }
  await reader.close();
});

test("as a search, in its field and among what is found, none runs", async () => {
  for (const q of [...XSS_PAYLOADS.filter((_, index) => index % 18 === 0), "alert"]) {
    const page = await visit(`/en/search?q=${encodeURIComponent(q.slice(0, 200))}`);
    await expectNothingRuns(page);
    await page.close();
  }
});

test("in the history of edits, none runs", async () => {
  for (const id of edited) {
    const page = await visit(`/en/forum/p/${id}/history`);
    expect(await page.locator("ins").count()).toBeGreaterThan(0);
    await expectNothingRuns(page);
    await page.close();
  }
});

describe("in the editor", () => {
  test("neither a draft nor its preview runs", async () => {
    const parts = XSS_PAYLOADS.filter((payload) => !payload.startsWith("    "));
    const { forum } = callerFor(portal.database, writer);
    await forum.saveDraft({
      ...{
        place: "new",
        title: "<img src=x onerror=alert(1)>",
        body: parts.join("\n\n"),
        version: 0,
      },
    });
    const page = await visit("/en/forum/new");
    const field = page.locator(".composer textarea");
    await expect.poll(() => field.inputValue()).toContain("alert(1)");
    await page.getByRole("button", { name: "Preview" }).click();
    await page.locator(".preview .prose").waitFor();
    await expectNothingRuns(page);
    await page.close();
  });

  test("a picture is stored and shown whatever its file is called", async () => {
    const page = await visit(`/en/forum/t/${threads[0]?.id}`);
    const dot = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    const field = page.locator(".composer textarea");
    for (const [at, name] of XSS_FILE_NAMES.entries()) {
      const file = { name, mimeType: "image/png", buffer: dot };
      await page.locator(".composer input[type=file]").setInputFiles(file);
      await expect
        .poll(async () => (await field.inputValue()).split("/api/images/").length - 1)
        .toBe(at + 1);
    }
    await page.getByRole("button", { name: "Preview" }).click();
    await page.locator(".preview img").first().waitFor();
    expect(await page.locator(".preview img").count()).toBe(XSS_FILE_NAMES.length);
    await expectNothingRuns(page);
    await page.close();
  });
});

test("as a member's own words on the profile, none runs", async () => {
  for (const bio of XSS_PAYLOADS.filter((_, index) => index % 24 === 0)) {
    await portal.database.db.member.update({
      where: { id: writer.memberId },
      data: { bio: bio.slice(0, 500), website: "javascript:alert(1)" },
    });
    const page = await visit("/en/members/ada");
    await expectNothingRuns(page);
    await page.close();
  }
});
