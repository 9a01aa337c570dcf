import { describe, expect, it } from "vitest";
import { planShare, viewStages } from "./stages.ts";

const planned = {
  steps: 200,
  stages: [
    { name: "Base", fromStep: 0 },
    { name: "Growth", fromStep: 50 },
    { name: "Cool-down", fromStep: 150 },
  ],
};

describe("viewStages", () => {
  it("names the stage that the step lies in, with its share done", () => {
    const [base, growth, coolDown] = viewStages(planned, 75);
    expect(base).toMatchObject({ state: "done", done: 1, toStep: 50, width: 0.25 });
    expect(growth).toMatchObject({ state: "now", done: 0.25, toStep: 150, width: 0.5 });
    expect(coolDown).toMatchObject({ state: "later", done: 0, toStep: 200, width: 0.25 });
  });

  it("has every stage done at the plan's end", () => {
    expect(viewStages(planned, 200).map((stage) => stage.state)).toEqual(["done", "done", "done"]);
  });

  it("starts the next stage at its very first step", () => {
    expect(viewStages(planned, 50)[1]?.state).toBe("now");
  });

  it("copes with a plan without an end, without stages, and with stages out of order", () => {
    expect(viewStages({}, 10)).toEqual([]);
    const open = viewStages(
      {
        stages: [
          { name: "B", fromStep: 5 },
          { name: "A", fromStep: 0 },
        ],
      },
      20,
    );
    expect(open.map((stage) => stage.name)).toEqual(["A", "B"]);
    expect(open[1]).toMatchObject({ state: "now", toStep: null });
    expect(open.reduce((sum, stage) => sum + stage.width, 0)).toBeCloseTo(1);
  });

  it("is all later before the first stage begins", () => {
    expect(viewStages({ steps: 10, stages: [{ name: "A", fromStep: 5 }] }, 0)[0]?.state).toBe(
      "later",
    );
  });
});

describe("planShare", () => {
  it("counts steps, else tokens, else nothing", () => {
    expect(planShare({ steps: 200 }, { step: 50, tokens: null })).toBe(0.25);
    expect(planShare({ tokens: 1000 }, { step: 50, tokens: 100 })).toBe(0.1);
    expect(planShare({ tokens: 1000 }, { step: 50, tokens: null })).toBeNull();
    expect(planShare({}, { step: 50, tokens: 100 })).toBeNull();
    expect(planShare({ steps: 10 }, { step: 50, tokens: null })).toBe(1);
  });
});
