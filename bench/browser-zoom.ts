import { type BrowserBench, openRun, quantile } from "./browser-page.ts";

const ZOOMS = 40;

/**
 * Zooms by key and by wheel into places that were not seen before. A zoom ends with the frame in which the finer data
 * stands: the plot was busy, is so no longer, and its line differs from the stretched one.
 */
const ZOOM = `(key) => new Promise((done, fail) => {
  const surface = document.querySelector(".ch-surface");
  const box = surface.closest(".ch-box");
  const line = () => document.querySelector(".ch-curves path.ch-main").getAttribute("d");
  const before = line();
  const began = performance.now();
  let stretchedAt = null;
  let busy = false;
  const seen = new MutationObserver(() => {
    if (box.getAttribute("aria-busy") === "true") {
      busy = true;
      stretchedAt ??= performance.now() - began;
    } else if (busy && line() !== before) {
      seen.disconnect();
      clearTimeout(late);
      window.bench.afterPaint((at) => done({ total: at - began, stretched: stretchedAt }));
    }
  });
  seen.observe(box, { attributes: true, attributeFilter: ["aria-busy"] });
  const late = setTimeout(() => fail(new Error("No finer data came within 10 s.")), 10_000);
  surface.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
})`;

export async function measureZoom(bench: BrowserBench): Promise<void> {
  const opened = await openRun(bench);
  const { page } = opened;
  const talk = bench.trainer.talk(2);
  const times: number[] = [];
  const first: number[] = [];
  const surface = page.locator(".ch-surface").first();
  const box = await surface.boundingBox();
  const random = repeatable();
  for (let zoom = 0; zoom < ZOOMS; ) {
    // From the whole run into a place of its own, five times finer, then on to the next.
    await page.keyboard.press("Escape");
    await surface.focus();
    await page.keyboard.press("0");
    await page.waitForTimeout(400);
    const x = (box?.x ?? 0) + (0.05 + 0.9 * random()) * (box?.width ?? 0);
    await page.mouse.move(x, (box?.y ?? 0) + 50);
    for (let depth = 0; depth < 5; depth++, zoom++) {
      const { total, stretched } = await page.evaluate<{ total: number; stretched: number }>(
        `(${ZOOM})("+")`,
      );
      times.push(total);
      first.push(stretched);
      await page.waitForTimeout(150);
    }
  }
  await talk.stop();
  await opened.close();
  const name = `${times.length} zooms, curve and panels in view, live`;
  bench.report({
    case: name,
    metric: "zoom to old data stretched, p95",
    value: quantile(first, 0.95),
    unit: "ms",
  });
  bench.report({
    case: name,
    metric: "zoom to new data painted, p50",
    value: quantile(times, 0.5),
    unit: "ms",
  });
  bench.report({
    case: name,
    metric: "zoom to new data painted, p95",
    value: quantile(times, 0.95),
    unit: "ms",
    bar: { atMost: 200 },
  });
}

function repeatable(): () => number {
  let state = 11;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
