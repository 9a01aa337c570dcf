import { expect, test } from "vitest";
import { noam } from "./noam.ts";

const schedule = { base: 0.1, warmup: 2000 };

test("the rate rises to the published peak at the end of warm-up and is continuous there", () => {
  expect(noam(2000, schedule)).toBeCloseTo(2.236e-3, 6);
  expect(noam(1999.999, schedule)).toBeCloseTo(noam(2000, schedule), 8);
});

test("the rate starts at 0, rises linearly, and falls with the root of the step", () => {
  expect(noam(0, schedule)).toBe(0);
  expect(noam(500, schedule)).toBeCloseTo(noam(1000, schedule) / 2, 12);
  expect(noam(8000, schedule)).toBeCloseTo(noam(2000, schedule) / 2, 12);
});
