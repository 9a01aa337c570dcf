import { describe, expect, it } from "vitest";
import type { ChartSeries } from "#components/charts/series.ts";
import { chosenWindow, curveExtent, shownWindow } from "./curve-window.ts";

const full = { from: 0, to: 1000 };

const line = (x: number[]): ChartSeries => ({
  id: "loss",
  label: "loss",
  role: "main",
  attempt: 1,
  data: { kind: "raw", steps: x, times: x, x, values: x },
});

describe("curveExtent", () => {
  it("spans all lines and never has no width", () => {
    expect(curveExtent([line([5, 9]), line([2, 7])])).toEqual({ from: 2, to: 9 });
    expect(curveExtent([line([5])])).toEqual({ from: 5, to: 6 });
    expect(curveExtent([line([])])).toEqual({ from: 0, to: 1 });
  });
});

describe("shownWindow", () => {
  it("is null for all, and ends at the newest point when it follows", () => {
    expect(shownWindow(null, full)).toBeNull();
    expect(shownWindow({ from: 10, to: null }, full)).toEqual({ from: 10, to: 1000 });
    expect(shownWindow({ from: 10, to: 20 }, full)).toEqual({ from: 10, to: 20 });
  });
});

describe("chosenWindow", () => {
  it("keeps whole units", () => {
    expect(chosenWindow({ from: 10.7, to: 20.2 }, full, "step")).toEqual({ from: 10, to: 21 });
    const day = { from: 0, to: 86_400_000 };
    expect(chosenWindow({ from: 1_234, to: 5_678 }, day, "time")).toEqual({
      from: 1_000,
      to: 6_000,
    });
  });

  it("follows the run when it reaches the newest point", () => {
    expect(chosenWindow({ from: 500, to: 999 }, full, "step")).toEqual({ from: 500, to: null });
    expect(chosenWindow({ from: 500, to: 900 }, full, "step")).toEqual({ from: 500, to: 900 });
  });

  it("is no window when it holds everything", () => {
    expect(chosenWindow({ from: 0, to: 1000 }, full, "step")).toBeNull();
    expect(chosenWindow(null, full, "step")).toBeNull();
  });
});
