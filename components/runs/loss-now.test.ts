import { describe, expect, it } from "vitest";
import { lossNow } from "./loss-now.ts";

const HOUR = 3_600_000;

const line = (values: number[], stepMs: number) => ({
  id: "loss",
  label: "loss",
  role: "main" as const,
  attempt: 1,
  data: {
    kind: "raw" as const,
    steps: values.map((_, index) => index),
    times: values.map((_, index) => index * stepMs),
    x: values.map((_, index) => index),
    values,
  },
});

describe("lossNow", () => {
  it("is null before the first finite value", () => {
    expect(lossNow(undefined, 0.9)).toBeNull();
    expect(lossNow(line([], HOUR), 0.9)).toBeNull();
    expect(lossNow(line([Number.NaN], HOUR), 0.9)).toBeNull();
  });

  it("ends the smoothed curve, passing over NaN", () => {
    expect(lossNow(line([5, 3, Number.NaN], HOUR), 0)).toEqual({
      value: 3,
      dayBefore: null,
      first: 5,
    });
    const flat = lossNow(line([2, 2, 2, 2], HOUR), 0.95);
    expect(flat?.value).toBeCloseTo(2, 12);
  });

  it("knows the value a day before", () => {
    const falling = Array.from({ length: 49 }, (_, index) => 100 - index);
    expect(lossNow(line(falling, HOUR), 0)).toMatchObject({ value: 52, dayBefore: 76 });
  });
});
