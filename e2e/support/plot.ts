import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

export type Plot = {
  /** The plot's face: what is pointed at, and what listens to keys. */
  surface: Locator;
  window(): Promise<{ from: number; to: number }>;
  /** Where a step lies, in pixels from the plot's left edge. */
  px(step: number): Promise<number>;
  point(step: number): Promise<void>;
  /** A key of the zoom; resolves when the finer data stand. */
  press(key: string): Promise<void>;
  settled(): Promise<void>;
};

/** The first curve of a page, as hands meet it. */
export function plotOf(page: Page): Plot {
  const surface = page.locator(".ch-surface").first();
  const box = page.locator(".ch-box").first();
  const window = async () => ({
    from: Number(await surface.getAttribute("aria-valuemin")),
    to: Number(await surface.getAttribute("aria-valuemax")),
  });
  const px = async (step: number) => {
    const { from, to } = await window();
    const { width = 0 } = (await surface.boundingBox()) ?? {};
    return ((step - from) / (to - from)) * width;
  };
  const settled = async () => {
    await expect.poll(() => box.getAttribute("aria-busy")).toBe("false");
  };
  return {
    surface,
    window,
    px,
    settled,
    point: async (step) => {
      await surface.hover({ position: { x: await px(step), y: 40 } });
    },
    press: async (key) => {
      const before = await window();
      await surface.press(key);
      await expect.poll(window).not.toEqual(before);
      await page.waitForTimeout(120); // The page hears of a further movement 90 ms after the one before.
      await settled();
    },
  };
}
