import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importSeries } from "#server/metrics/import-series.ts";
import type { Points } from "#server/metrics/points.ts";
import type { StartedRun } from "#server/runs/contract.ts";
import { DESK, launchBrowser, PHONE } from "./support/browser.ts";
import { reportExampleRun } from "./support/example-run.ts";
import { type Box, Picture } from "./support/pixels.ts";
import { type Plot, plotOf } from "./support/plot.ts";
import { type Portal, startPortal } from "./support/portal.ts";

// What is drawn is looked at, pixel by pixel: not against stored pictures, which differ from machine to machine, but by
// comparing places of one picture with each other.

const LENGTH = 10_000_000;
const SPIKE_AT = 6_283_185;
const BLOCK = 65_536;
/** Finer than this no zoom goes that still says something. */
const NARROWEST = 200;

let portal: Portal;
let browser: Browser;
beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

function* longHistory(): Generator<Points> {
  const began = Date.now() - LENGTH * 10;
  let state = 1;
  for (let first = 0; first < LENGTH; first += BLOCK) {
    const length = Math.min(BLOCK, LENGTH - first);
    const block: Points = {
      steps: new Float64Array(length),
      times: new Float64Array(length),
      values: new Float64Array(length),
    };
    for (let index = 0; index < length; index++) {
      const step = first + index;
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      block.steps[index] = step;
      block.times[index] = began + step * 10;
      block.values[index] = step === SPIKE_AT ? 9 : 2 + (0.2 * state) / 2 ** 32;
    }
    yield block;
  }
}

async function importLongRun(): Promise<string> {
  const { id } = await portal.post<StartedRun>("/api/v1/runs", {
    project: "examples",
    name: "Ten million steps",
    planned: { steps: LENGTH },
  });
  await portal.post(`/api/v1/runs/${id}/attempts`, { fromStep: 0, reason: "first start" });
  const { pool } = portal.database;
  await importSeries(pool, { runId: id, attempt: 1, key: "loss", blocks: longHistory() });
  await pool.query(`update "Run" set step = $2, "lastMessageAt" = now() where id = $1`, [
    id,
    LENGTH,
  ]);
  return id;
}

async function open(path: string): Promise<Page> {
  const context = await browser.newContext({
    ...DESK,
    reducedMotion: "reduce",
    colorScheme: "light",
  });
  const page = await context.newPage();
  await page.goto(`${portal.url}/en/runs/${path}`);
  await page.locator(".ch-surface").first().waitFor();
  await plotOf(page).settled();
  return page;
}

/** How far the mark with the spike's value lies from the spike's step, in pixels; null when there is none. */
async function markOffset(plot: Plot): Promise<number | null> {
  const mark = plot.surface
    .page()
    .locator(".ch-layer text", { hasText: /^9[.\d]*$/ })
    .first();
  const [at, ground] = [
    await mark.boundingBox({ timeout: 5_000 }),
    await plot.surface.boundingBox(),
  ];
  return at === null || ground === null
    ? null
    : Math.abs(at.x - ground.x - (await plot.px(SPIKE_AT)));
}

test("one step in ten million stands out at every zoom, on the curve and in its panel", async () => {
  const page = await open(`${await importLongRun()}?smooth=0`);
  const plot = plotOf(page);
  let levels = 0;
  for (let width = LENGTH; width > NARROWEST; levels++) {
    // Beside its step stands the value, whatever the plot can show of its height.
    expect(await markOffset(plot), `${width} steps in view`).toBeLessThan(60);
    await plot.point(SPIKE_AT);
    await plot.press("+");
    const { from, to } = await plot.window();
    expect(to - from).toBeLessThan(width);
    expect(from).toBeLessThan(SPIKE_AT);
    expect(to).toBeGreaterThan(SPIKE_AT);
    width = to - from;
  }
  expect(levels).toBeGreaterThan(14);

  await plot.press("0");
  const canvas = page.locator(".ch-panel canvas").first();
  await canvas.scrollIntoViewIfNeeded();
  await expect.poll(() => spikeOnCanvas(page)).toBe(true);
  await page.context().close();
});

/** Of a canvas the pixels are read as they are: the one column of the spike reaches the upper third, no other does. */
async function spikeOnCanvas(page: Page): Promise<boolean> {
  return await page.evaluate<boolean>(`(() => {
    const canvas = document.querySelector(".ch-panel canvas");
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, Math.floor(height / 3));
    const columns = new Set();
    for (let place = 0; place < data.length; place += 4) {
      if (data[place + 3] > 100) { columns.add((place / 4) % width); }
    }
    const expected = ${SPIKE_AT / LENGTH} * width;
    return columns.size > 0 && [...columns].every((column) => Math.abs(column - expected) < 8);
  })()`);
}

test("a NaN, the way back and the attempt that was left each have their mark where they happened", async () => {
  const page = await open(await reportExampleRun(portal));
  const plot = plotOf(page);
  await page.mouse.move(0, 0);
  const picture = await Picture.of(plot.surface);
  const column = async (step: number, box: Partial<Box>): Promise<Box> => {
    const x = await plot.px(step);
    return { x: x - 6, y: 0, width: 12, height: picture.height, ...box };
  };
  const floor = { y: picture.height - 14, height: 13 };
  const nan = picture.ink(await column(330, floor));
  expect(nan).toBeGreaterThan(picture.ink(await column(230, floor)) + 8);

  const stroke = await page
    .locator('g[data-series^="loss@"] path.ch-line')
    .evaluate((path) => getComputedStyle(path).stroke);
  const grey = stroke.match(/[\d.]+/g)?.map(Number) as unknown as [number, number, number];
  const left = { width: 30 };
  expect(picture.ink(await column(315, left), grey)).toBeGreaterThan(8);
  expect(picture.ink(await column(450, left), grey)).toBe(0);

  const lanes = page.locator(".ch-stage-box").first();
  const whole = await Picture.of(lanes);
  const offset =
    ((await plot.surface.boundingBox())?.x ?? 0) - ((await lanes.boundingBox())?.x ?? 0);
  const lane = async (step: number): Promise<number> => {
    const x = offset + (await plot.px(step));
    return whole.ink({ x: x - 7, y: whole.height - 60, width: 14, height: 60 });
  };
  expect(await lane(300)).toBeGreaterThan((await lane(150)) + 20);
  await page.context().close();
});

test("on a phone one finger reads a step and two fingers zoom into the stretch between them", async () => {
  const context = await browser.newContext({ ...PHONE, hasTouch: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${portal.url}/en/runs/${await reportExampleRun(portal)}`);
  const plot = plotOf(page);
  await plot.surface.waitFor();
  await plot.settled();
  await plot.surface.scrollIntoViewIfNeeded();
  const whole = await plot.window();
  const box = await plot.surface.boundingBox();
  const [left, y] = [box?.x ?? 0, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  const width = box?.width ?? 0;
  const cdp = await context.newCDPSession(page);
  const touch = async (type: "touchStart" | "touchMove" | "touchEnd", ...shares: number[]) => {
    const touchPoints = shares.map((share, id) => ({ x: left + share * width, y, id }));
    await cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
  };

  await touch("touchStart", 0.5);
  await touch("touchMove", 0.52);
  await page.locator(".ch-tip").first().waitFor();
  await touch("touchEnd");
  expect(await plot.window()).toEqual(whole);

  await touch("touchStart", 0.4);
  await touch("touchStart", 0.4, 0.6);
  for (const spread of [0.05, 0.1, 0.2, 0.3]) {
    await touch("touchMove", 0.4 - spread, 0.6 + spread);
  }
  await touch("touchEnd");
  await plot.settled();
  const near = await plot.window();
  // What lay 0.2 of the plot apart now lies 0.8 apart.
  expect((near.to - near.from) / (whole.to - whole.from)).toBeCloseTo(0.25, 1);
  await expect.poll(() => new URL(page.url()).searchParams.has("from")).toBe(true);
  await context.close();
});
