import { expect, test } from "vitest";
import { createSpikeDetector } from "./spike-detector.ts";

/** Twenty-five values around 2 whose median is 2 and whose median absolute deviation is 0.1. */
const CALM = Array.from({ length: 25 }, (_, i) => 2 + 0.1 * ((i % 3) - 1));

function detectorAfter(values: number[], series = "loss") {
  const detector = createSpikeDetector();
  for (const value of values) {
    detector.observe({ [series]: value });
  }
  return detector;
}

test("a loss above three times the one before is a spike from the second step on; three times exactly is none", () => {
  expect(detectorAfter([1]).observe({ loss: 3 })).toEqual([]);
  expect(detectorAfter([1]).observe({ loss: 3.01 })).toMatchObject([
    { series: "loss", previous: 1, current: 3.01, rule: "3 × previous", limit: 3 },
  ]);
});

test("a loss above median + 6·MAD of the last hundred is a spike, once there are twenty of them", () => {
  expect(detectorAfter(CALM).observe({ loss: 2.59 })).toEqual([]);
  const [spike] = detectorAfter(CALM).observe({ loss: 2.61 });
  expect(spike?.rule).toBe("median + 6·MAD");
  expect(spike?.limit).toBeCloseTo(2.6, 10);
  expect(detectorAfter(CALM.slice(0, 19)).observe({ loss: 2.61 })).toEqual([]);
});

test("each task is compared with itself alone", () => {
  const detector = createSpikeDetector();
  detector.observe({ "loss/infill": 1, "loss/continuation": 5 });
  detector.observe({ "loss/infill": 1 });
  expect(detector.observe({ "loss/infill": 2, "loss/continuation": 16 })).toMatchObject([
    { series: "loss/continuation" },
  ]);
});

test("what is not finite is no spike and is not remembered", () => {
  const detector = detectorAfter([1]);
  expect(detector.observe({ loss: Number.NaN })).toEqual([]);
  expect(detector.observe({ loss: Number.POSITIVE_INFINITY })).toEqual([]);
  expect(detector.state()).toEqual({ loss: [1] });
});

test("a detector made from a state judges like the one whose state it was", () => {
  const first = detectorAfter(CALM);
  const second = createSpikeDetector(JSON.parse(JSON.stringify(first.state())));
  for (const value of [2.1, 2.55, 2.7, 9]) {
    expect(second.observe({ loss: value })).toEqual(first.observe({ loss: value }));
  }
});
