import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DESK, launchBrowser } from "./support/browser.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import type { Running } from "./support/process.ts";

const STEPS = 800;

let portal: Portal;
let browser: Browser;
beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

/** Keeps what the live stream brings, as the page receives it. */
const RECORD_STREAM = `
  window.streamed = [];
  window.EventSource = class extends EventSource {
    constructor(url, options) {
      super(url, options);
      window.firstSince ??= Number(new URL(url, location.href).searchParams.get("since"));
      this.addEventListener("log", ({ data }) => {
        const { seq, steps } = JSON.parse(data);
        window.streamed.push({ seq, steps });
      });
    }
  };`;

type Frame = { seq: number; steps: number[] };

/** First and last step of each row of the curve's own data table, oldest first. */
async function tableOnPage(page: Page): Promise<[number, number][]> {
  const table = page.locator(".ch-table-scroll").first();
  const cells = await table.locator("tbody th").allTextContents();
  return cells.reverse().map((text) => {
    const [first = 0, last = first] = text
      .split("–")
      .map((part) => Number(part.replaceAll(/\D/g, "")));
    return [first, last];
  });
}

async function newestStep(page: Page): Promise<number> {
  return (await tableOnPage(page)).at(-1)?.[1] ?? 0;
}

async function waitForRun(trainer: Running): Promise<string> {
  for (;;) {
    const { runs } = (await (await fetch(`${portal.url}/api/v1/runs`)).json()) as {
      runs: { id: string; step: number }[];
    };
    const run = runs[0];
    if (run !== undefined && run.step > 3) {
      return run.id;
    }
    if (trainer.child.exitCode !== null) {
      throw new Error(`The trainer ended early:\n${trainer.output()}`);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}

test("an open page follows a real training through a restart of the portal, every step once, without reloading", async () => {
  const out = join(portal.dataDir, "trainer");
  const trainer = portal.trainer(["--recipe", "tiny", "--steps", String(STEPS), "--out", out]);
  const id = await waitForRun(trainer);
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.addInitScript(RECORD_STREAM);
  await page.goto(`${portal.url}/en/runs/${id}`);
  await page.evaluate("window.sameDocument = true");
  await page.locator(".ch-table summary").first().click();
  const atFirst = await newestStep(page);
  await expect.poll(() => newestStep(page), { timeout: 30_000 }).toBeGreaterThan(atFirst);

  await portal.restart(1_500);
  const atRestart = await newestStep(page);
  await expect.poll(() => newestStep(page), { timeout: 60_000 }).toBeGreaterThan(atRestart);

  expect(await trainer.stop("SIGCONT")).toBe(0);
  await expect.poll(() => newestStep(page), { timeout: 60_000 }).toBe(STEPS);
  let next = 1;
  for (const [first, last] of await tableOnPage(page)) {
    expect(first).toBe(next);
    next = last + 1;
  }
  const since = await page.evaluate<number>("window.firstSince");
  const frames = await page.evaluate<Frame[]>("window.streamed");
  expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, index) => since + 1 + index));
  const steps = frames.flatMap((frame) => frame.steps);
  expect(steps).toEqual(steps.map((_, index) => STEPS - steps.length + 1 + index));
  await expect
    .poll(() => page.locator("main").innerText(), { timeout: 30_000 })
    .toMatch(/Finished/);
  expect(await page.evaluate("window.sameDocument")).toBe(true);
  expect(errors).toEqual([]);
  await context.close();
  rmSync(out, { recursive: true, force: true });
});

test("the newest checkpoint of the training is downloaded from the page, and its SHA-256 is the stated one", async () => {
  const { runs } = (await (await fetch(`${portal.url}/api/v1/runs`)).json()) as {
    runs: { id: string }[];
  };
  const page = await browser.newPage();
  await page.goto(`${portal.url}/en`);
  const link = page.getByRole("link", { name: "model.safetensors" }).first();
  await link.waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const { checkpoints } = (await (
    await fetch(`${portal.url}/api/v1/runs/${runs[0]?.id}/checkpoints`)
  ).json()) as {
    checkpoints: { step: number; files: { name: string; sha256: string }[] }[];
  };
  const newest = checkpoints.reduce((a, b) => (a.step > b.step ? a : b));
  const stated = newest.files.find((file) => file.name === "model.safetensors")?.sha256;
  const bytes = readFileSync(await download.path());
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(stated);
  await page.close();
});
