import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeViolations, DESK, launchBrowser, PHONE } from "./support/browser.ts";
import { startBefore, tabTo } from "./support/keyboard.ts";
import { plotOf } from "./support/plot.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import { type Speaker, startSpeaker } from "./support/speaker.ts";
import { type Locale, wordsOf } from "./support/words.ts";

// A run is watched from beginning to end by somebody who has only a keyboard, in both languages, at both sizes, in light and dark.

let portal: Portal;
let browser: Browser;
let speaker: Speaker;
beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
  await startSpeaker(portal, "Another run");
  speaker = await startSpeaker(portal, "A run to watch");
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

async function overflow(page: Page): Promise<number> {
  return await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
}

/** The last step that the open data table shows. */
async function newestStep(page: Page): Promise<number> {
  const text = await page.locator(".ch-table-scroll tbody th").first().innerText();
  return Number((text.split("–").at(-1) ?? "").replaceAll(/\D/g, ""));
}

async function saved(page: Page, kind: string): Promise<Buffer> {
  const button = page.locator(".ch-actions").first().getByRole("button", { name: kind });
  await tabTo(button);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.keyboard.press("Enter"),
  ]);
  return readFileSync(await download.path());
}

describe.each([
  { scheme: "light", locale: "en", size: DESK },
  { scheme: "dark", locale: "en", size: PHONE },
  { scheme: "light", locale: "zh", size: PHONE },
  { scheme: "dark", locale: "zh", size: DESK },
] as const)("$locale, $scheme, $size.viewport.width px", ({ scheme, locale, size }) => {
  const words = wordsOf(locale satisfies Locale);

  test("watch, zoom, isolate, read, save, cite, compare and embed with the keyboard alone", async () => {
    const context = await browser.newContext({
      ...size,
      colorScheme: scheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    const talk = speaker.talk();
    await page.goto(`${portal.url}/${locale}/runs/${speaker.id}?m=loss&m=loss/infill`);
    const plot = plotOf(page);
    await plot.surface.waitFor();
    await expect
      .poll(() => page.locator(".title .state").innerText())
      .toContain(words("status.live"));

    // Zoom, and the address says so.
    const whole = await plot.window();
    await startBefore(page.locator(".ch-box").first());
    await tabTo(plot.surface);
    await page.keyboard.press("ArrowLeft");
    await plot.press("+");
    const zoomed = await plot.window();
    expect(zoomed.to - zoomed.from).toBeLessThan(0.6 * (whole.to - whole.from));
    await expect.poll(() => page.url()).toContain("from=");
    await plot.press("0");
    await expect.poll(() => page.url()).not.toContain("from=");

    // Pin a reading, let go of it again.
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain("pin=");
    await page.locator(".ch-tip-pinned").first().waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).not.toContain("pin=");

    // One line alone, then both.
    const names = page.locator(".ch-key-btn");
    await tabTo(names.first());
    await page.keyboard.press("Enter");
    await expect.poll(() => names.nth(1).getAttribute("aria-pressed")).toBe("false");
    expect(await page.locator(".ch-curves path.ch-line").count()).toBe(1);
    await page.keyboard.press("Enter");
    await expect.poll(() => names.nth(1).getAttribute("aria-pressed")).toBe("true");

    // The numbers behind the curve grow while they are read.
    await tabTo(page.locator(".ch-table summary").first());
    await page.keyboard.press("Enter");
    const before = await newestStep(page);
    expect(before).toBeGreaterThan(200);
    await expect.poll(() => newestStep(page), { timeout: 10_000 }).toBeGreaterThan(before);

    // Pictures of what is drawn.
    const png = await sharp(await saved(page, "PNG")).metadata();
    expect(png).toMatchObject({ format: "png" });
    expect(png.width).toBeGreaterThan(300);
    expect((await saved(page, "SVG")).toString()).toMatch(/<svg[\s\S]*<path[\s\S]*<\/svg>/);

    expect(await axeViolations(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);

    // An event has an address of its own.
    const { events } = await eventsOf(speaker.id);
    const data = events.find(({ kind }) => kind === "data");
    await page.goto(`${portal.url}/${locale}/runs/${speaker.id}#${data?.id}`);
    const row = page.locator(`[id="${data?.id}"]`);
    await row.waitFor();
    await expect.poll(() => inView(page, data?.id ?? "")).toBe(true);
    expect(await row.innerText()).toContain("Letters were added.");

    // The embedded curve goes on living.
    await page.goto(`${portal.url}/${locale}/embed/runs/${speaker.id}`);
    await plot.surface.waitFor();
    await page.locator(".ch-table summary").first().click();
    const embedded = await newestStep(page);
    await expect.poll(() => newestStep(page), { timeout: 10_000 }).toBeGreaterThan(embedded);
    expect(await axeViolations(page)).toEqual([]);
    await talk.stop();

    // Beside another run.
    await page.goto(`${portal.url}/${locale}/compare?run=${speaker.id}`);
    const other = page.getByRole("checkbox", { name: "Another run" });
    await tabTo(other);
    await page.keyboard.press("Space");
    await expect.poll(() => page.locator(".ch-curves path.ch-line").count()).toBe(2);
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(errors).toEqual([]);
    await context.close();
  });
});

type Listed = { id: string; kind: string };

async function eventsOf(id: string): Promise<{ events: Listed[] }> {
  const answer = await fetch(`${portal.url}/api/v1/runs/${id}/events`);
  return (await answer.json()) as { events: Listed[] };
}

async function inView(page: Page, id: string): Promise<boolean> {
  return await page.evaluate<boolean>(`(() => {
    const { top, bottom } = document.getElementById(${JSON.stringify(id)}).getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  })()`);
}
