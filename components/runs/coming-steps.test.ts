import { describe, expect, it } from "vitest";
import { comingSteps } from "./coming-steps.ts";

describe("comingSteps", () => {
  it("lists checkpoint, later stages and the end, nearest first", () => {
    const planned = {
      steps: 100,
      stages: [
        { name: "A", fromStep: 0 },
        { name: "B", fromStep: 60 },
      ],
    };
    const coming = comingSteps({ config: { checkpointEvery: 30 }, planned, step: 61 }, []);
    expect(coming.map(({ kind, step }) => [kind, step])).toEqual([
      ["checkpoint", 90],
      ["end", 100],
    ]);
    expect(comingSteps({ config: {}, planned, step: 10 }, []).map(({ kind }) => kind)).toEqual([
      "stage",
      "end",
    ]);
  });

  it("is empty for a run without a plan, and at the plan's end", () => {
    expect(comingSteps({ config: {}, planned: {}, step: 10 }, [])).toEqual([]);
    expect(comingSteps({ config: {}, planned: { steps: 10 }, step: 10 }, [])).toEqual([]);
  });
});
