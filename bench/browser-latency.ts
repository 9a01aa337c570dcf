// From `sink.log` in a real trainer client to the changed pixel.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { openPortal, type Portal } from "#trainer/report/portal.ts";
import { type BenchPage, type BrowserBench, openBenchPage, quantile } from "./browser-page.ts";

const MESSAGES = 60;
const WARM_UP = 5;
const DESK = { width: 1440, height: 900 };
/** A pixel counts as changed from this difference of brightness on, out of 255. */
const SEEN = 24;
const PIXELS = 4;

type Frame = { at: number; image: Buffer };

/** Keeps what Chromium's compositor showed, with the time at which it did. */
async function recordFrames({ cdp }: BenchPage): Promise<Frame[]> {
  const frames: Frame[] = [];
  cdp.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    frames.push({ at: (metadata.timestamp ?? 0) * 1_000, image: Buffer.from(data, "base64") });
    void cdp.send("Page.screencastFrameAck", { sessionId });
  });
  await cdp.send("Page.startScreencast", {
    format: "jpeg",
    quality: 80,
    maxWidth: 720,
    maxHeight: 450,
  });
  return frames;
}

type Box = { left: number; top: number; width: number; height: number };

async function greyOf({ image }: Frame, box: Box): Promise<Buffer> {
  return await sharp(image).extract(box).greyscale().raw().toBuffer();
}

function differs(a: Buffer, b: Buffer): boolean {
  let changed = 0;
  for (let index = 0; index < a.length; index++) {
    changed += Math.abs((a[index] ?? 0) - (b[index] ?? 0)) >= SEEN ? 1 : 0;
  }
  return changed >= PIXELS;
}

/** When the plot first looked different from the frame that stood at `since`; null when it never did. */
async function changedAt(
  frames: readonly Frame[],
  box: Box,
  since: number,
): Promise<number | null> {
  const standing = frames.findLast(({ at }) => at <= since);
  if (standing === undefined) {
    return null;
  }
  const before = await greyOf(standing, box);
  for (const frame of frames.filter(({ at }) => at > since)) {
    if (differs(before, await greyOf(frame, box))) {
      return frame.at;
    }
  }
  return null;
}

async function openTrainer({ origin, token }: BrowserBench, directory: string): Promise<Portal> {
  return await openPortal({
    url: origin,
    token,
    directory,
    run: { project: "bench", name: "Latency", config: {}, planned: { steps: 1_000 } },
    fromStep: 0,
    onCommand: () => undefined,
    notify: (text) => console.error(text),
  });
}

/** Loud and quiet in turn, so that each message moves the line. */
function log({ sink }: Portal, step: number): number {
  const at = Date.now();
  sink.log(step, { loss: step % 2 === 0 ? 6 : 2, lr: 0.001, grad_norm: 1 + (step % 3) });
  return at;
}

async function idOf(portal: Portal): Promise<string> {
  for (;;) {
    const { runId, lastBatch } = portal.position();
    if (runId !== null && lastBatch > 0) {
      return runId;
    }
    await sleep(50);
  }
}

/** The plot in the frames' pixels: they are half as large as the page. */
async function plotBox({ page }: BenchPage): Promise<Box> {
  const box = await page.locator(".ch-surface").first().boundingBox();
  const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
  const left = Math.round(x / 2);
  const top = Math.round(y / 2);
  return {
    left,
    top,
    width: Math.min(719 - left, Math.round(width / 2)),
    height: Math.min(449 - top, Math.round(height / 2)),
  };
}

export async function measureLatency(bench: BrowserBench): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "cpm-live-bench-sink-"));
  const portal = await openTrainer(bench, directory);
  const opened = await openBenchPage(bench.browser, DESK);
  try {
    let step = 0;
    for (; step < 20; step++) {
      log(portal, step + 1);
    }
    await opened.page.goto(`${bench.origin}/en/runs/${await idOf(portal)}`);
    await opened.page.locator(".ch-surface").first().waitFor();
    await opened.page.evaluate("document.querySelector('.fig').scrollIntoView()");
    await sleep(2_000);
    const frames = await recordFrames(opened);
    const box = await plotBox(opened);
    const latencies: number[] = [];
    for (let message = 0; message < MESSAGES + WARM_UP; message++) {
      await sleep(900 + Math.random() * 400);
      step += 1;
      const sent = log(portal, step);
      await sleep(1_300);
      const shown = await changedAt(frames, box, sent);
      latencies.push(shown === null ? Number.POSITIVE_INFINITY : shown - sent);
      frames.splice(0, Math.max(0, frames.length - 1));
    }
    report(bench, latencies.slice(WARM_UP));
  } finally {
    await portal.sink.close(1_000);
    await opened.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function report({ report }: BrowserBench, latencies: number[]): void {
  const name = `sink.log to a changed pixel of the curve, ${latencies.length} messages`;
  const value = (share: number) => Math.min(quantile(latencies, share), 60_000);
  report({ case: name, metric: "p50", value: value(0.5), unit: "ms", bar: { atMost: 400 } });
  report({ case: name, metric: "p95", value: value(0.95), unit: "ms", bar: { atMost: 800 } });
  report({ case: name, metric: "slowest", value: value(1), unit: "ms" });
}
