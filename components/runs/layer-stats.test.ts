import { expect, test } from "vitest";
import { groupStats, isLayerKey } from "./layer-stats.ts";

test("statistics are grouped by what they measure, with the tensors below", () => {
  expect(groupStats(["k/std", "q/grad_std", "q/std", "std"])).toEqual([
    {
      name: "std",
      stats: [
        { id: "k/std", tensor: "k" },
        { id: "q/std", tensor: "q" },
        { id: "std", tensor: "std" },
      ],
    },
    { name: "grad_std", stats: [{ id: "q/grad_std", tensor: "q" }] },
  ]);
});

test("only the metrics of layers are left to the layers' picture", () => {
  expect(["layer/0/q/std", "loss", "layers"].filter(isLayerKey)).toEqual(["layer/0/q/std"]);
});
