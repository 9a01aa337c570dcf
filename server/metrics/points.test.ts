import fc from "fast-check";
import { expect, test } from "vitest";
import { firstIndexOf, joinPoints, mergePoints, type Points, sortPoints } from "./points.ts";

const steps = fc.array(fc.nat(60), { maxLength: 60 });

/** Values name the place where a point was given, so that a test can tell which one stayed. */
function pointsAt(list: number[], mark = 0): Points {
  return {
    steps: Float64Array.from(list),
    times: Float64Array.from(list, (step) => step * 10),
    values: Float64Array.from(list, (_, index) => mark + index),
  };
}

function entries({ steps: list, values }: Points): [number, number][] {
  return Array.from(list, (step, index) => [step, values[index] as number]);
}

function lastOfEach(points: Points): [number, number][] {
  return [...new Map(entries(points))].sort(([a], [b]) => a - b);
}

test("sorting keeps the last point of each step", () => {
  fc.assert(
    fc.property(steps, (list) => {
      expect(entries(sortPoints(pointsAt(list)))).toEqual(lastOfEach(pointsAt(list)));
    }),
  );
});

test("merging prefers the newer point of a step", () => {
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      const [older, newer] = [sortPoints(pointsAt(before)), sortPoints(pointsAt(after, 1000))];
      expect(entries(mergePoints(older, newer))).toEqual(lastOfEach(joinPoints([older, newer])));
    }),
  );
});

test("a bound is found where a walk from the left finds it", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: -5, max: 65 }), fc.boolean(), (list, bound, above) => {
      const column = Float64Array.from(list).sort();
      const found = column.findIndex((value) => (above ? value > bound : value >= bound));
      expect(firstIndexOf(column, bound, above)).toBe(found < 0 ? column.length : found);
    }),
  );
});
