import { expect, test } from "vitest";
import { compareConfig } from "./compare-config.ts";

test("settings that one run lacks or sets otherwise differ", () => {
  const rows = compareConfig([
    { config: { model: { layers: 2, width: 64 }, seed: 1 } },
    { config: { model: { layers: 4, width: 64 } } },
  ]);
  expect(rows).toEqual([
    { name: "model.layers", values: ["2", "4"], differs: true },
    { name: "model.width", values: ["64", "64"], differs: false },
    { name: "seed", values: ["1", null], differs: true },
  ]);
});
