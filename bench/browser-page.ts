// A page of the portal in a real Chromium, with what the bench asks of it.
import type { Browser, CDPSession, Page } from "playwright-core";
import { runId } from "./browser-data.ts";
import type { BenchTrainer } from "./browser-trainer.ts";
import type { BenchReport } from "./main.ts";

/** So tall that the curve and twelve panels or a few more are in view together. */
const TALL = { width: 1440, height: 1500 };

/** Watches, from before the page's own script, when the curve has first been painted and how many paths changed. */
const WATCH = `
  window.bench = { curveAt: null, curveLines: 0 };
  const afterPaint = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  });
  window.bench.afterPaint = afterPaint;
  const look = () => {
    const paths = document.querySelectorAll(".static-curve path, .ch-curves path.ch-line");
    const drawn = [...paths].filter((path) => (path.getAttribute("d") ?? "").length > 200);
    if (drawn.length > 0) {
      afterPaint((at) => { window.bench.curveAt ??= at; });
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);`;

/** A slow machine shall show in the figures, not end the bench. */
const PATIENCE_MS = 120_000;

export type BenchPage = {
  page: Page;
  cdp: CDPSession;
  /** A counter of Chromium's Performance domain, in seconds that the main thread computed: waiting for a busy machine is no work. */
  counter(name: "TaskDuration" | "ScriptDuration" | "LayoutDuration"): Promise<number>;
  /** Bytes of live objects, after garbage was collected. */
  heap(): Promise<number>;
  close(): Promise<void>;
};

type Size = { width: number; height: number };

export async function openBenchPage(browser: Browser, size: Size): Promise<BenchPage> {
  const context = await browser.newContext({
    viewport: size,
    reducedMotion: "reduce",
    bypassCSP: true,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`The page failed: ${error.message}`));
  await page.addInitScript(WATCH);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const counters = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    return new Map(metrics.map(({ name, value }) => [name, value]));
  };
  return {
    page,
    cdp,
    counter: async (name) => (await counters()).get(name) ?? Number.NaN,
    heap: async () => {
      await cdp.send("HeapProfiler.enable");
      await cdp.send("HeapProfiler.collectGarbage");
      await cdp.send("HeapProfiler.collectGarbage");
      return (await counters()).get("JSHeapUsedSize") ?? Number.NaN;
    },
    close: () => context.close(),
  };
}

export type BrowserBench = {
  report: BenchReport;
  browser: Browser;
  trainer: BenchTrainer;
  origin: string;
  /** Lets a trainer report. */
  token: string;
  minutes: number;
};

export const runUrl = (origin: string): string => `${origin}/en/runs/${runId(0)}`;

/** Opens the run's page with the wall in view, and waits until its panels are drawn. */
export async function openRun(bench: BrowserBench, size = TALL): Promise<BenchPage> {
  const opened = await openBenchPage(bench.browser, size);
  const { page } = opened;
  await page.goto(runUrl(bench.origin));
  await page.locator(".ch-surface").first().waitFor();
  await page.evaluate("document.querySelector('.fig').scrollIntoView()");
  await page.locator(".ch-panel canvas").nth(11).waitFor();
  return opened;
}

/** Milliseconds from navigation until the curve stood on the screen. */
export async function firstPaint(page: Page): Promise<number> {
  const handle = await page.waitForFunction("window.bench?.curveAt", undefined, {
    timeout: PATIENCE_MS,
  });
  return (await handle.jsonValue()) as number;
}

export const quantile = (values: number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};
