import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChartEvent, ChartEventKind } from "./events.ts";
import { layOutLane } from "./lay-out-lane.ts";

const event = (kind: ChartEventKind, step: number): ChartEvent => ({
  id: `${kind}${step}`,
  kind,
  step,
  time: 0,
  label: "",
});

test("marks with room stay where they are", () => {
  const marks = layOutLane([20, 60].map((px) => ({ px, event: event("checkpoint", px) })));
  expect(marks.map((mark) => mark.px)).toEqual([20, 60]);
});

test("a mark that would touch the one before moves aside", () => {
  const marks = layOutLane([
    { px: 20, event: event("spike", 1) },
    { px: 24, event: event("nan", 2) },
  ]);
  expect(marks.map((mark) => mark.px)).toEqual([20, 31]);
});

test("a crowd becomes one mark with a count, in the shape of its gravest", () => {
  const crowd = [20, 20, 20, 21].map((px, index) => ({
    px,
    event: event(index === 3 ? "nan" : "spike", index),
  }));
  const marks = layOutLane(crowd);
  expect(marks.map((mark) => mark.events.length)).toEqual([1, 3]);
  expect(marks[1]?.kind).toBe("nan");
});

test("no event is lost, no two marks touch, and none strays further than a mark and its count", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 6, max: 300, noNaN: true })), (places) => {
      const marks = layOutLane(
        places.map((px, index) => ({ px, event: event("checkpoint", index) })),
      );
      expect(marks.flatMap((mark) => mark.events)).toHaveLength(places.length);
      marks.slice(1).forEach((mark, index) => {
        expect(mark.px - (marks[index]?.px ?? Number.NaN)).toBeGreaterThanOrEqual(11 - 1e-9);
      });
      for (const mark of marks) {
        expect(
          Math.abs(mark.px - (places[mark.events[0]?.step ?? -1] ?? Number.NaN)),
        ).toBeLessThanOrEqual(11);
      }
    }),
  );
});
