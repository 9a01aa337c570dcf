import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_VIEW, parseView, SPANS, type View, writeView } from "./view.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });

const someView: fc.Arbitrary<View> = fc.record({
  x: fc.constantFrom("step", "tokens", "time", "relative"),
  y: fc.constantFrom("linear", "log"),
  smoothing: fc.integer({ min: 0, max: 999 }).map((n) => n / 1000),
  keys: fc.uniqueArray(fc.constantFrom("loss", "eval/loss", "lr", "指标 甲", "a&b=c"), {
    minLength: 1,
  }),
  span: fc.constantFrom(...SPANS),
  window: fc.option(
    fc
      .tuple(finite, fc.option(finite))
      .filter(([from, to]) => to === null || from < to)
      .map(([from, to]) => ({ from: from + 0, to: to === null ? null : to + 0 })),
  ),
  choices: fc.record({
    hidden: fc.array(fc.constantFrom("loss", "eval/loss")),
    pins: fc.array(finite.map((x) => x + 0)),
  }),
  layers: fc.record({
    stat: fc.option(fc.constantFrom("q/grad_std", "std")),
    measure: fc.constantFrom("mean", "max"),
    scale: fc.constantFrom("linear", "log"),
  }),
  hiddenKinds: fc.uniqueArray(fc.constantFrom("slow", "checkpoint")),
});

describe("the view in the address", () => {
  it("is nothing for the default view", () => {
    expect(writeView(DEFAULT_VIEW).toString()).toBe("");
    expect(parseView(new URLSearchParams())).toEqual(DEFAULT_VIEW);
  });

  it("comes back as it was written", () => {
    fc.assert(
      fc.property(someView, (view) => {
        const back = parseView(new URLSearchParams(writeView(view).toString()));
        expect(back).toEqual(view.window === null ? view : { ...view, span: "whole" });
      }),
    );
  });

  it("turns nonsense into the default", () => {
    const nonsense = "x=up&y=down&smooth=-3&span=1y&from=9&to=3&m=";
    expect(parseView(new URLSearchParams(nonsense))).toEqual(DEFAULT_VIEW);
    expect(parseView(new URLSearchParams("smooth=7")).smoothing).toBe(0.999);
  });
});
