import fc from "fast-check";
import { expect, test } from "vitest";
import { freezesAt, isByLot, monthOf, monthSpan } from "./month.ts";

test("every moment lies in its month's span", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_700_000_000_000, max: 4_000_000_000_000 }), (now) => {
      const { from, to } = monthSpan(monthOf(now));
      expect(from.getTime()).toBeLessThanOrEqual(now);
      expect(to.getTime()).toBeGreaterThan(now);
    }),
  );
});

test("December's collection is frozen in January, 48 hours after midnight UTC", () => {
  expect(freezesAt("2026-12")).toBe(Date.UTC(2027, 0, 3));
});

test("the order is drawn by lot in the first 48 hours of a month only", () => {
  expect(isByLot(Date.UTC(2026, 10, 2, 23, 59))).toBe(true);
  expect(isByLot(Date.UTC(2026, 10, 3))).toBe(false);
});
