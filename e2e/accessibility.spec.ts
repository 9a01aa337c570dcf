import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeViolations, DESK, launchBrowser, PHONE } from "./support/browser.ts";
import { reportExampleRun } from "./support/example-run.ts";
import { type Portal, startPortal } from "./support/portal.ts";

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

const PAGES = [
  "",
  "/runs",
  "/runs/RUN",
  "/compare?runs=RUN",
  "/embed/runs/RUN",
  "/plan",
  "/plan/scales",
  "/data",
  "/decisions",
  "/members",
  "/sign-in",
  "/sign-up",
  "/api",
  "/there-is-no-such-page",
];

describe.each([
  { scheme: "light", locale: "en", size: DESK },
  { scheme: "dark", locale: "en", size: PHONE },
  { scheme: "light", locale: "zh", size: PHONE },
  { scheme: "dark", locale: "zh", size: DESK },
] as const)("$locale, $scheme, $size.viewport.width px", ({ scheme, locale, size }) => {
  test.each(PAGES)("axe finds nothing on /%s", async (path) => {
    const context = await browser.newContext({
      ...size,
      colorScheme: scheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await page.goto(`${portal.url}/${locale}${path.replace("RUN", runId)}`);
    await page.locator("main").waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe(
      locale === "zh" ? "zh-Hans" : "en",
    );
    expect(await axeViolations(page)).toEqual([]);
    const overflow = await page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await context.close();
  });
});
