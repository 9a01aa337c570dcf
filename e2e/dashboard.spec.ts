import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMember } from "#server/testing/members.ts";
import { axeViolations, DESK, launchBrowser } from "./support/browser.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import { signIn } from "./support/sign-in.ts";
import { type Speaker, startSpeaker } from "./support/speaker.ts";

// What a page says when a run falls silent and when the line is cut, and how it finds its way back.

let portal: Portal;
let browser: Browser;
beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

async function open(speaker: Speaker): Promise<Page> {
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  await page.goto(`${portal.url}/en/runs/${speaker.id}`);
  await page.locator(".ch-surface").first().waitFor();
  return page;
}

const state = (page: Page): Promise<string> => page.locator(".title .state").innerText();

test("a silent run is called stalled with the time since its last message, and is live again when it speaks", async () => {
  const speaker = await startSpeaker(portal, "A run that falls silent");
  await portal.database.pool.query(
    `update "Run" set "lastMessageAt" = now() - interval '7 minutes' where id = $1`,
    [speaker.id],
  );
  const page = await open(speaker);
  await expect.poll(() => state(page)).toMatch(/Stalled for 7 min/);
  expect(await page.locator(".air .lamp").innerText()).toBe("Stalled");
  expect(await axeViolations(page)).toEqual([]);
  await speaker.say();
  await expect.poll(() => state(page)).toBe("Live");
  await page.close();
});

test("a cut line is told with a countdown, what stands is told to be old, and afterwards no step is missing", async () => {
  const speaker = await startSpeaker(portal, "A run behind a cut line");
  const page = await open(speaker);
  await page.locator(".ch-table summary").first().click();
  const strip = page.locator(".air");
  await portal.stopServing();
  await expect.poll(() => strip.innerText(), { timeout: 10_000 }).toMatch(/in \d+ s/);
  const seconds: number[] = [];
  await expect
    .poll(
      async () => {
        const found = /in (\d+) s/.exec(await strip.innerText())?.[1];
        if (found !== undefined) {
          seconds.push(Number(found));
        }
        return new Set(seconds).size;
      },
      { timeout: 20_000, interval: 200 },
    )
    .toBeGreaterThan(2);
  await page.locator(".ch-cut-off .ch-age").waitFor();
  expect(await axeViolations(page)).toEqual([]);

  await portal.serveAgain();
  for (let message = 0; message < 3; message++) {
    await speaker.say();
  }
  await strip
    .getByRole("button")
    .click({ timeout: 5_000 })
    .catch(() => undefined); // It may be back by itself.
  await expect.poll(() => state(page), { timeout: 40_000 }).toBe("Live");
  const rows = page.locator(".ch-table-scroll tbody th");
  await expect.poll(() => rows.first().innerText()).toContain(String(speaker.step()));
  const steps = (await rows.allInnerTexts()).flatMap(stepsOfRow);
  expect(steps.length).toBeGreaterThan(100);
  expect(steps).toEqual(steps.map((_, index) => speaker.step() - index));
  await page.close();
});

/** The steps that a row of the data table stands for, newest first: "203", or "201 – 202" where it stands for several. */
function stepsOfRow(text: string): number[] {
  const [from = Number.NaN, to = from] = text.split("–").map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => to - index);
}

/** A step whose checkpoint the recipe never removes. */
const KEPT_STEP = 20;

type Listed = { runs: { id: string; name: string; step: number }[] };

async function runNamed(name: string): Promise<Listed["runs"][number] | undefined> {
  const answer = await fetch(`${portal.url}/api/v1/runs`);
  return ((await answer.json()) as Listed).runs.find((run) => run.name === name);
}

test("an engineer halts a real training with a reason, rolls it back to a checkpoint and lets it go on, all in public", async () => {
  const out = join(portal.dataDir, "commanded");
  const trainer = portal.trainer(["--recipe", "tiny", "--steps", "5000", "--out", out]);
  await expect
    .poll(async () => (await runNamed("tiny"))?.step ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(KEPT_STEP + 2);
  const id = (await runNamed("tiny"))?.id ?? "";
  const context = await browser.newContext({ ...DESK, reducedMotion: "reduce" });
  await signIn(context, portal, await createMember(portal.database.db, { roles: ["engineer"] }));
  const page = await context.newPage();
  await page.goto(`${portal.url}/en/runs/${id}`);
  const control = page.locator("#control");
  const tell = async (command: string, reason: string, choose?: () => Promise<unknown>) => {
    await control.getByRole("button", { name: command, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await choose?.();
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.locator("button[type=submit]").click();
    await dialog.waitFor({ state: "hidden" });
    const row = control.locator("tbody tr").filter({ hasText: reason });
    await row.waitFor();
    await expect
      .poll(() => row.innerText(), { timeout: 60_000 })
      .not.toMatch(/waiting for the trainer/);
  };
  const said = (reason: string) =>
    page.locator("#events tbody tr").filter({ hasText: reason }).first().waitFor();

  await tell("Pause", "The power is needed elsewhere.");
  await said("The power is needed elsewhere.");
  await expect.poll(() => state(page), { timeout: 20_000 }).toBe("Paused");
  expect(await axeViolations(page)).toEqual([]);
  await tell("Roll back", "It had diverged.", async () => {
    const choice = page.getByRole("dialog").getByLabel("Checkpoint");
    await choice.selectOption(String(KEPT_STEP));
  });
  await expect
    .poll(() => page.locator(".title").innerText(), { timeout: 60_000 })
    .toContain("attempt 2");
  await said("It had diverged.");
  await tell("Resume", "There is power again.");
  await expect.poll(() => state(page), { timeout: 20_000 }).toBe("Live");
  await expect.poll(async () => (await runNamed("tiny"))?.step ?? 0).toBeGreaterThan(KEPT_STEP);
  await trainer.stop("SIGINT");
  await context.close();
});
