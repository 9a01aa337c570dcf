import fc from "fast-check";
import { expect, test } from "vitest";
import {
  clampWindow,
  fetchWindow,
  orWhole,
  panWindow,
  pinchWindow,
  wheelFactor,
  zoomByKey,
  zoomWindow,
} from "./zoom-window.ts";

const full = { from: 0, to: 1000 };
const bounds = { full, minSpan: 10 };

const windows = fc
  .tuple(
    fc.double({ min: 0, max: 990, noNaN: true }),
    fc.double({ min: 10, max: 1000, noNaN: true }),
  )
  .map(([from, width]) => clampWindow({ from, to: from + width }, bounds));

test("no gesture leaves the run or falls under the narrowest window", () => {
  fc.assert(
    fc.property(
      windows,
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: -2000, max: 2000, noNaN: true }),
      (window, factor, by) => {
        for (const next of [
          zoomWindow(window, bounds, { factor, anchor: window.from }),
          panWindow(window, bounds, by),
        ]) {
          expect(next.from).toBeGreaterThanOrEqual(full.from - 1e-9);
          expect(next.to).toBeLessThanOrEqual(full.to + 1e-9);
          expect(next.to - next.from).toBeGreaterThanOrEqual(bounds.minSpan - 1e-9);
        }
      },
    ),
  );
});

test("what lies under the pointer stays there while zooming", () => {
  const next = zoomWindow({ from: 200, to: 600 }, bounds, { factor: 0.5, anchor: 300 });
  expect(next).toEqual({ from: 250, to: 450 });
});

test("panning keeps the width, at the edge too", () => {
  expect(panWindow({ from: 800, to: 900 }, bounds, 500)).toEqual({ from: 900, to: 1000 });
});

test("two fingers keep their places on the curve", () => {
  const next = pinchWindow({ from: 0, to: 1000 }, bounds, {
    before: [0.4, 0.6],
    now: [0.25, 0.75],
  });
  expect(next.from).toBeCloseTo(300);
  expect(next.to).toBeCloseTo(700);
});

test("the whole run is no window, so that it grows with the run", () => {
  expect(orWhole({ from: 0, to: 1000 }, full)).toBeNull();
  expect(orWhole({ from: 0, to: 900 }, full)).toEqual({ from: 0, to: 900 });
});

test("keys zoom, pan and go back; others are not ours", () => {
  const at = { bounds, anchor: 400 };
  const window = { from: 300, to: 500 };
  expect(zoomByKey("+", window, at)).toEqual({ from: 350, to: 450 });
  expect(zoomByKey("-", window, at)).toEqual({ from: 200, to: 600 });
  expect(zoomByKey("PageDown", window, at)).toEqual({ from: 340, to: 540 });
  expect(zoomByKey("0", window, at)).toBe("whole");
  expect(zoomByKey("a", window, at)).toBeNull();
});

test("a wheel's lines and pixels zoom alike, up narrows", () => {
  expect(wheelFactor(-3, 1)).toBeCloseTo(wheelFactor(-48, 0));
  expect(wheelFactor(-48, 0)).toBeLessThan(1);
});

test("what is asked of the server reaches beyond the window but not beyond the run", () => {
  expect(fetchWindow({ from: 100, to: 500 }, full)).toEqual({ from: 0, to: 600 });
});
