// The pages in a real Chromium: a run of 1 M steps with 60 metrics, live at 2 messages a second, and 20 such runs compared.
//   npm run bench -- browser [--part paint|live|zoom|compare|script|heap|latency …] [--minutes 10] [--data DIR]
// Needs a build (npm run build). All parts when none is named; --minutes is how long the heap is watched, and --data keeps
// what was loaded for the next time. Portal, database, trainer and browser share the machine.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../e2e/support/browser.ts";
import { loadRuns, RUNS, runId } from "./browser-data.ts";
import { measureLatency } from "./browser-latency.ts";
import {
  type BenchPage,
  type BrowserBench,
  firstPaint,
  openBenchPage,
  openRun,
  quantile,
  runUrl,
} from "./browser-page.ts";
import { measureScript } from "./browser-script.ts";
import { startBenchTrainer } from "./browser-trainer.ts";
import { measureZoom } from "./browser-zoom.ts";
import { startBenchDatabase } from "./database.ts";
import type { Bench } from "./main.ts";
import { startBenchPortal } from "./portal.ts";

const PER_SECOND = 2;
const DESK = { width: 1440, height: 900 };
const VISITS = 9;
const MIB = 1024 * 1024;

const PARTS: Record<string, (bench: BrowserBench) => Promise<void>> = {
  paint: measurePaint,
  live: measureLive,
  zoom: measureZoom,
  compare: measureCompare,
  script: measureScript,
  latency: measureLatency,
  heap: measureHeap,
};

export const run: Bench = async (report, options) => {
  const { values } = parseArgs({
    args: options,
    options: {
      part: { type: "string", multiple: true, default: Object.keys(PARTS) },
      minutes: { type: "string", default: "10" },
      data: { type: "string" },
    },
  });
  const parts = values.part.map((name) => {
    const part = PARTS[name];
    if (part === undefined) {
      throw new Error(`There is no part ${name}; there are ${Object.keys(PARTS).join(", ")}.`);
    }
    return part;
  });
  const database = await startBenchDatabase(values.data);
  let browser: Browser | null = null;
  try {
    await loadRuns(database.pool, values.part.includes("compare") ? RUNS : 1);
    const portal = await startBenchPortal(database.url, { pages: true });
    try {
      browser = await launchBrowser();
      const origin = `http://127.0.0.1:${portal.port}`;
      const trainer = await startBenchTrainer({ ...database, port: portal.port });
      await trainer.say();
      const minutes = Number(values.minutes);
      for (const part of parts) {
        await part({ report, browser, trainer, origin, minutes, token: trainer.token });
      }
    } finally {
      await browser?.close();
      await portal.stop();
    }
  } finally {
    await database.stop();
  }
};

/** The panels whose drawing is whole within the window. */
const panelsInView = `[...document.querySelectorAll(".ch-panel canvas")].filter((canvas) => {
  const { top, bottom } = canvas.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}).length`;

async function measurePaint(bench: BrowserBench): Promise<void> {
  const { report, browser, trainer, origin } = bench;
  const talk = trainer.talk(PER_SECOND);
  const times: number[] = [];
  for (let visit = 0; visit <= VISITS; visit++) {
    const { page, close } = await openBenchPage(browser, DESK); // A context of its own: nothing is cached.
    await page.goto(runUrl(origin), { waitUntil: "commit" });
    times.push(await firstPaint(page));
    await close();
  }
  await talk.stop();
  const [first = Number.NaN, ...rest] = times;
  const name = `run page, cold browser cache, ${VISITS} visits`;
  report({
    case: "run page, first visit after the portal's start",
    metric: "first paint of the curve",
    value: first,
    unit: "ms",
  });
  report({
    case: name,
    metric: "first paint of the curve, p50",
    value: quantile(rest, 0.5),
    unit: "ms",
    bar: { atMost: 1_000 },
  });
  report({
    case: name,
    metric: "first paint of the curve, slowest",
    value: Math.max(...rest),
    unit: "ms",
    bar: { atMost: 1_000 },
  });
}

const LIVE_SECONDS = 20;

async function measureLive(bench: BrowserBench): Promise<void> {
  const opened = await openRun(bench);
  const { page, counter } = opened;
  const panels = await page.evaluate<number>(panelsInView);
  await sleep(2_000);
  const idle = await counted(opened, LIVE_SECONDS / 4);
  const talk = bench.trainer.talk(PER_SECOND);
  await sleep(1_000);
  const before = [await counter("ScriptDuration"), await counter("LayoutDuration")];
  await page.evaluate(
    "new PerformanceObserver((list) => { (window.bench.long ??= []).push(...list.getEntries().map((e) => e.duration)); }).observe({ type: 'longtask' })",
  );
  const saidBefore = talk.said();
  const work = await counted(opened, LIVE_SECONDS);
  const messages = talk.said() - saidBefore;
  const long = (await page.evaluate<number[] | undefined>("window.bench.long")) ?? [];
  const after = [await counter("ScriptDuration"), await counter("LayoutDuration")];
  await talk.stop();
  await opened.close();
  const name = `${PER_SECOND} messages/s, curve and ${panels} panels in view`;
  const told = (metric: string, value: number) =>
    bench.report({ case: name, metric, value, unit: "ms" });
  bench.report({
    case: name,
    metric: "panels in view",
    value: panels,
    unit: "",
    bar: { atLeast: 12 },
  });
  bench.report({
    case: name,
    metric: "main-thread work per message, all of it",
    value: (1_000 * work) / messages,
    unit: "ms",
    bar: { atMost: 50 },
  });
  bench.report({ case: name, metric: "messages", value: messages, unit: "" });
  told("of it script", (1_000 * ((after[0] ?? 0) - (before[0] ?? 0))) / messages);
  told("of it layout", (1_000 * ((after[1] ?? 0) - (before[1] ?? 0))) / messages);
  told("main-thread work per second without messages", (1_000 * idle) / (LIVE_SECONDS / 4));
  told("longest task", Math.max(0, ...long));
}

/** Seconds of main-thread tasks within so many seconds. */
async function counted({ counter }: BenchPage, seconds: number): Promise<number> {
  const before = await counter("TaskDuration");
  await sleep(seconds * 1_000);
  return (await counter("TaskDuration")) - before;
}

async function measureCompare({ report, browser, origin }: BrowserBench): Promise<void> {
  const ids = Array.from({ length: RUNS }, (_, index) => runId(index)).join(",");
  const times: number[] = [];
  for (let visit = 0; visit < 6; visit++) {
    const { page, close } = await openBenchPage(browser, DESK);
    await page.goto(`${origin}/en/compare?runs=${ids}`, { waitUntil: "commit" });
    const drawn = await page.waitForFunction(
      `document.querySelectorAll(".ch-curves path.ch-line").length >= ${RUNS}
        ? new Promise((done) => window.bench.afterPaint(done)) : null`,
      undefined,
      { timeout: 60_000 },
    );
    times.push((await drawn.jsonValue()) as number);
    await close();
  }
  const rest = times.slice(1);
  report({
    case: `${RUNS} runs of 1 M steps`,
    metric: "all curves painted after navigation, slowest of 5",
    value: Math.max(...rest),
    unit: "ms",
    bar: { atMost: 2_000 },
  });
  report({
    case: `${RUNS} runs of 1 M steps`,
    metric: "all curves painted after navigation, p50",
    value: quantile(rest, 0.5),
    unit: "ms",
  });
}

async function measureHeap(bench: BrowserBench): Promise<void> {
  const opened = await openRun(bench);
  const talk = bench.trainer.talk(PER_SECOND);
  const sizes: number[] = [];
  await sleep(15_000); // Warm: code compiled, caches filled.
  const until = performance.now() + bench.minutes * 60_000;
  while (performance.now() < until) {
    sizes.push((await opened.heap()) / MIB);
    await sleep(Math.min(10_000, Math.max(1_000, until - performance.now())));
  }
  sizes.push((await opened.heap()) / MIB);
  await talk.stop();
  await opened.close();
  const first = quantile(sizes.slice(0, 3), 0.5);
  const last = quantile(sizes.slice(-3), 0.5);
  const name = `${bench.minutes} min at ${PER_SECOND} messages/s`;
  bench.report({ case: name, metric: "heap at first", value: first, unit: "MiB" });
  bench.report({ case: name, metric: "heap at the end", value: last, unit: "MiB" });
  bench.report({
    case: name,
    metric: "heap at the end over heap at first",
    value: last / first,
    unit: "x",
    bar: { atMost: 1.1 },
  });
}
