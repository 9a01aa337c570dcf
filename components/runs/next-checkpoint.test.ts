import { describe, expect, it } from "vitest";
import { nextCheckpointStep } from "./next-checkpoint.ts";

const at = (step: number, config: Record<string, unknown> = {}, planned = {}) => ({
  step,
  config,
  planned,
});

describe("nextCheckpointStep", () => {
  it("follows the declared distance", () => {
    expect(nextCheckpointStep(at(1_234, { checkpointEvery: 1_000 }), [])).toBe(2_000);
    expect(nextCheckpointStep(at(2_000, { checkpointEvery: 1_000 }), [2_000])).toBe(3_000);
  });

  it("else goes by the newest two checkpoints", () => {
    expect(nextCheckpointStep(at(750), [100, 400, 700])).toBe(1_000);
    expect(nextCheckpointStep(at(1_900), [400, 700])).toBe(2_200);
  });

  it("is unknown without either, and beyond the plan's end", () => {
    expect(nextCheckpointStep(at(750), [400])).toBeNull();
    expect(nextCheckpointStep(at(750), [])).toBeNull();
    expect(
      nextCheckpointStep(at(9_500, { checkpointEvery: 1_000 }, { steps: 9_900 }), []),
    ).toBeNull();
  });
});
