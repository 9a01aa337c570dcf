import { describe, expect, it } from "vitest";
import { groupSamples, sampledSteps } from "./group-samples.ts";

const sample = (prompt: string, step: number, attempt = 1) => ({
  prompt,
  task: "continuation",
  lang: null,
  attempt,
  step,
  text: `${prompt} ${attempt}/${step}`,
});

describe("groupSamples", () => {
  it("puts a prompt's texts together, oldest first", () => {
    const groups = groupSamples([sample("A", 20), sample("B", 20), sample("A", 10)]);
    expect(groups.map(({ prompt, texts }) => [prompt, texts.map(({ step }) => step)])).toEqual([
      ["A", [10, 20]],
      ["B", [20]],
    ]);
  });

  it("shows the first, a middle and the newest of many", () => {
    const [group] = groupSamples([9, 8, 7, 6, 5, 4, 3, 2, 1].map((step) => sample("A", step)));
    expect(group?.texts.map(({ step }) => step)).toEqual([1, 5, 9]);
  });

  it("lets the newest attempt speak for a step that was taken twice", () => {
    const [group] = groupSamples([sample("A", 10, 2), sample("A", 10, 1)]);
    expect(group?.texts).toEqual([{ attempt: 2, step: 10, text: "A 2/10" }]);
  });

  it("shows the steps that a reader chose, in their order, and leaves out what has no text there", () => {
    const samples = [sample("A", 10), sample("A", 20), sample("B", 20)];
    const groups = groupSamples(samples, [20, 10]);
    expect(groups.map(({ texts }) => texts.map(({ step }) => step))).toEqual([[20, 10], [20]]);
    expect(sampledSteps(samples)).toEqual([10, 20]);
  });
});
