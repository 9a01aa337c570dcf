import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeRows } from "./merge-rows.ts";
import type { Points } from "./points.ts";

const ALL = { toStep: Infinity, fromTime: -Infinity, toTime: Infinity };
const timeOf = (step: number) => 1_000 + step;

const anyPoints = fc
  .uniqueArray(fc.tuple(fc.nat(40), fc.double()), { selector: ([step]) => step, maxLength: 30 })
  .map((rows): Points => {
    const sorted = rows.sort(([a], [b]) => a - b);
    const steps = Float64Array.from(sorted, ([step]) => step);
    const values = Float64Array.from(sorted, ([, value]) => value);
    return { steps, times: steps.map(timeOf), values };
  });

test("every point stands once, in the row of its step, and nothing else does", () => {
  const anyParts = fc.array(fc.option(anyPoints), { maxLength: 5 });
  fc.assert(
    fc.property(anyParts, (parts) => {
      const { steps, times, columns } = mergeRows(parts, ALL);
      const union = new Set(parts.flatMap((part) => [...(part?.steps ?? [])]));
      expect(steps).toEqual([...union].sort((a, b) => a - b));
      expect(times).toEqual(steps.map(timeOf));
      for (const [key, part] of parts.entries()) {
        const known = new Map([...(part?.steps ?? [])].map((step, i) => [step, part?.values[i]]));
        expect(columns[key]).toEqual(steps.map((step) => known.get(step) ?? null));
      }
    }),
  );
});

test("rows end at the last step and leave out what lies outside the times", () => {
  const steps = Float64Array.of(1, 2, 3, 4);
  const points = { steps, times: steps.map(timeOf), values: steps };
  const bounds = { toStep: 3, fromTime: 1_002, toTime: 1_009 };
  expect(mergeRows([points], bounds).steps).toEqual([2, 3]);
});
