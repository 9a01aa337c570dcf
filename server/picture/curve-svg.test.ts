import { expect, test } from "vitest";
import { type CurvePart, curveScale, curveSvg } from "./curve-svg.ts";

const BOX = { left: 0, top: 0, width: 100, height: 100 };

function part(mean: number[], countsBefore = Infinity): CurvePart {
  return { steps: mean.map((_, index) => index), mean, min: mean, max: mean, countsBefore };
}

function linesOf(parts: CurvePart[], colour: string): string[] {
  const scale = curveScale(parts);
  const svg = scale === null ? "" : curveSvg(parts, BOX, scale);
  const found = svg.matchAll(new RegExp(`<path d="([^"]*)" fill="none" stroke="${colour}"`, "g"));
  return [...found].map(([, d = ""]) => d).filter((d) => d !== "");
}

test("the pen lifts where there is no finite value", () => {
  const [line] = linesOf([part([4, 3, Number.NaN, 2, 1])], "#3b5ce5");
  expect(line?.match(/M/g)?.length).toBe(2);
  expect(line?.match(/L/g)?.length).toBe(2);
});

test("what a later attempt left behind is drawn grey, the rest in the run's colour", () => {
  const parts = [part([4, 3, 2, 5, 6], 2), { ...part([2, 1.9, 1.8]), steps: [3, 4, 5] }];
  const points = (colour: string) =>
    linesOf(parts, colour).map((d) => (d.match(/[ML]/g) ?? []).length);
  expect(points("#7f888c")).toEqual([2]);
  expect(points("#3b5ce5")).toEqual([3, 3]);
});

test("the scale leaves the steep beginning out and keeps a single value in sight", () => {
  const long = [9, ...Array.from({ length: 99 }, (_, index) => 3 - index / 100)];
  const scale = curveScale([part(long)]);
  expect(scale?.high).toBeLessThan(4);
  expect(scale?.low).toBeLessThan(2.02);
  const one = curveScale([part([5])]);
  expect([one?.low, one?.high]).toEqual([4.6, 5.4]);
  expect(curveScale([part([Number.NaN])])).toBeNull();
  expect(curveScale([])).toBeNull();
});
