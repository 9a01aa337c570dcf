import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrivalAt, recentPace } from "./pace.ts";

const MINUTE = 60_000;

const raw = (steps: number[], times: number[]) => ({
  kind: "raw" as const,
  steps,
  times,
  x: steps,
  values: steps.map(() => 1),
});

const steady = (count: number, msPerStep: number) =>
  raw(
    Array.from({ length: count }, (_, index) => index),
    Array.from({ length: count }, (_, index) => 1_000_000 + index * msPerStep),
  );

describe("recentPace", () => {
  it("is null before there are three points", () => {
    expect(recentPace(steady(2, 100))).toBeNull();
    expect(recentPace(raw([], []))).toBeNull();
  });

  it("is null when time stands still", () => {
    expect(recentPace(raw([1, 2, 3], [5, 5, 5]))).toBeNull();
  });

  it("finds a steady pace exactly", () => {
    const pace = recentPace(steady(1000, 250));
    expect(pace?.perMs).toBeCloseTo(1 / 250, 9);
  });

  it("forgets an early, slower stretch", () => {
    const slow = Array.from({ length: 100 }, (_, index) => index * 10 * MINUTE);
    const fast = Array.from({ length: 1000 }, (_, index) => 1000 * MINUTE + (index + 1) * MINUTE);
    const times = [...slow, ...fast];
    const pace = recentPace(
      raw(
        times.map((_, index) => index),
        times,
      ),
    );
    expect(pace?.perMs).toBeCloseTo(1 / MINUTE, 9);
  });

  it("counts a stall inside the recent stretch as lost time", () => {
    const times = Array.from(
      { length: 100 },
      (_, index) => index * 1000 + (index > 50 ? 5 * MINUTE : 0),
    );
    const pace = recentPace(
      raw(
        times.map((_, index) => index),
        times,
      ),
    );
    expect(pace?.perMs).toBeCloseTo(99 / (99_000 + 5 * MINUTE), 9);
    expect(pace?.waver).toBeGreaterThan(0.1);
  });
});

describe("arrivalAt", () => {
  it("is null for a step already taken", () => {
    const pace = recentPace(steady(100, 1000));
    expect(pace && arrivalAt(pace, 99)).toBeNull();
  });

  it("lies ahead of the last point by the remaining steps at the pace, spread growing with the distance", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 500 }),
        fc.integer({ min: 1, max: 100_000 }),
        (count, msPerStep) => {
          const pace = recentPace(steady(count, msPerStep));
          const near = pace && arrivalAt(pace, count + 99);
          const far = pace && arrivalAt(pace, count + 999);
          expect(near?.at).toBeCloseTo(1_000_000 + (count + 99) * msPerStep, 0);
          expect(far?.spreadMs).toBeGreaterThan(near?.spreadMs ?? Number.POSITIVE_INFINITY);
        },
      ),
    );
  });
});
