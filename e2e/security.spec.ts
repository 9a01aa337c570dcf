import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMember } from "#server/testing/members.ts";
import { launchBrowser } from "./support/browser.ts";
import { reportExampleRun } from "./support/example-run.ts";
import { pagePaths } from "./support/page-paths.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import { signIn } from "./support/sign-in.ts";

let portal: Portal;
let browser: Browser;
let runId: string;
beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
  runId = await reportExampleRun(portal);
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

/** What the browser says that a page's policy kept out, from the very first script on. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { policySeen: seen });
    document.addEventListener("securitypolicyviolation", (event) => {
      seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`);
    });
  });
  return async () => await page.evaluate("globalThis.policySeen");
}

const LOST = "/there-is-no-such-page";

describe("no page asks for what its policy forbids", () => {
  test.each([...pagePaths(), LOST])("%s", async (path) => {
    const context = await browser.newContext();
    const actor = await createMember(portal.database.db, {
      roles: ["engineer", "admin", "moderator"],
    });
    await signIn(context, portal, actor);
    const page = await context.newPage();
    const violations = await watchPolicy(page);
    const address = path.replace("[id]", runId).replace(/\[\w+\]/g, "overview");
    const answer = await page.goto(`${portal.url}/en${address}`, { waitUntil: "load" });
    await page.waitForTimeout(400);
    expect(await violations()).toEqual([]);
    const headers = (await answer?.allHeaders()) ?? {};
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toMatch(/script-src 'nonce-[\w+/=]{24}' 'strict-dynamic';/);
    expect(policy).toContain(
      path.startsWith("/embed/") ? "frame-ancestors *" : "frame-ancestors 'none'",
    );
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("strict-origin-when-cross-origin");
    expect(headers["permissions-policy"]).toContain("camera=()");
    expect(headers["strict-transport-security"]).toBeUndefined();
    // A page without a handler of its own would not notice that its scripts were kept out.
    expect(await page.locator("script[nonce]").count()).toBeGreaterThan(0);
    await context.close();
  });
});

test("a script that somebody brought into a page does not run, and the portal counts it", async () => {
  const page = await browser.newPage();
  await page.goto(`${portal.url}/en/decisions`);
  const [report] = await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith("/api/csp-reports")),
    page.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", `<img src="x:" onerror="window.ran = true">`);
    }),
  ]);
  expect(report.status()).toBe(204);
  expect(await page.evaluate("globalThis.ran")).toBeUndefined();
  const rows = await portal.database.db.cspReport.findMany();
  expect(rows.map(({ directive, page: where }) => [directive, where])).toContainEqual([
    "script-src-attr",
    "/en/decisions",
  ]);
  await page.close();
});

test("a nonce is good for one answer", async () => {
  const read = async () => (await fetch(`${portal.url}/en`)).headers.get("content-security-policy");
  expect(await read()).not.toBe(await read());
});

test("what another site's page sends to change something is refused before it is read", async () => {
  const send = (path: string, headers: Record<string, string>) =>
    fetch(portal.url + path, { method: "POST", body: "{}", headers });
  const foreign = { origin: "https://else.example", "content-type": "application/json" };
  for (const path of ["/api/trpc/members.signOut", "/en/account", "/api/anything"]) {
    expect([path, (await send(path, foreign)).status]).toEqual([path, 403]);
  }
  const own = { origin: portal.url, "content-type": "application/json" };
  expect((await send("/api/trpc/members.signOut", own)).status).toBe(200);
});

test("answers that are no pages may run nothing", async () => {
  for (const path of ["/api/v1/runs", "/healthz", "/api/v1/openapi.json"]) {
    const { headers } = await fetch(portal.url + path);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  }
});
