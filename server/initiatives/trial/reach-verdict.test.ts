import { expect, test } from "vitest";
import type { Point } from "./estimate-change.ts";
import { estimateChange } from "./estimate-change.ts";
import { reachVerdict } from "./reach-verdict.ts";

/** A falling loss whose noise repeats exactly, with a jump at the middle. */
function curve(jump: number, slope = -1e-5): { before: Point[]; after: Point[] } {
  const points = Array.from({ length: 4_000 }, (_, index) => {
    const noise = 0.05 * Math.sin(index * 12.9898) * Math.cos(index * 78.233);
    return {
      step: 1_000_000 + index,
      value: 3 + slope * index + noise + (index < 2_000 ? 0 : jump),
    };
  });
  return { before: points.slice(0, 2_000), after: points.slice(2_000) };
}

test("a jump is measured apart from the slope on which it lies", () => {
  const { before, after } = curve(-0.03, -2e-5);
  const found = estimateChange(before, after);
  expect(found?.change).toBeCloseTo(-0.03, 2);
  expect(found?.low).toBeLessThan(-0.03 + 0.005);
  expect(found?.high).toBeGreaterThan(-0.03 - 0.005);
  // Without the slope the change would seem more than twice as large.
  expect((found?.after ?? 0) - (found?.before ?? 0)).toBeLessThan(-0.06);
});

test("values that are no numbers are left out, and too few are no verdict", () => {
  const { before, after } = curve(-0.03);
  const holes = before.map((point, index) =>
    index % 7 === 0 ? { ...point, value: Number.NaN } : point,
  );
  expect(estimateChange(holes, after)?.change).toBeCloseTo(-0.03, 2);
  expect(estimateChange(before, after.slice(0, 39))).toBeNull();
  const bound = { metric: "loss", better: "lower" as const, accept: 0 };
  expect(reachVerdict([{ bound, before, after: [] }])).toBeNull();
});

test.each([
  { jump: -0.03, limits: { accept: -0.02 }, proposal: "keep", outcome: "met" },
  { jump: -0.03, limits: { accept: -0.05 }, proposal: "roll-back", outcome: "unclear" },
  { jump: 0.03, limits: { accept: -0.02, abort: 0.02 }, proposal: "roll-back", outcome: "broken" },
  { jump: 0, limits: { abort: 0.02 }, proposal: "keep", outcome: "met" },
])("a change of $jump against $limits: $proposal", ({ jump, limits, proposal, outcome }) => {
  const bound = { metric: "loss", better: "lower" as const, ...limits };
  const verdict = reachVerdict([{ bound, ...curve(jump) }]);
  expect(verdict?.proposal).toBe(proposal);
  expect(verdict?.findings.map((finding) => finding.outcome)).toEqual([outcome]);
});

test("for what should grow, the same holds with the other sign", () => {
  const bound = { metric: "accuracy", better: "higher" as const, accept: 0.02, abort: -0.02 };
  expect(reachVerdict([{ bound, ...curve(0.03, 1e-5) }])?.proposal).toBe("keep");
  expect(reachVerdict([{ bound, ...curve(-0.03, 1e-5) }])?.findings[0]?.outcome).toBe("broken");
});

test("one guard that is not surely met is enough to propose the way back", () => {
  const good = { metric: "loss", better: "lower" as const, accept: -0.01 };
  const guard = { metric: "loss/chinese", better: "lower" as const, abort: 0.02 };
  const verdict = reachVerdict([
    { bound: good, ...curve(-0.03) },
    { bound: guard, ...curve(0.03) },
  ]);
  expect(verdict?.proposal).toBe("roll-back");
});
