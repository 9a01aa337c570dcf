import { describe, expect, it } from "vitest";
import { flattenConfig } from "./flatten-config.ts";

describe("flattenConfig", () => {
  it("names what is nested by its path", () => {
    const config = {
      seed: 1,
      model: { layers: 4, sizes: [1, 2] },
      stages: [{ name: "A", rate: [1, 0] }],
      none: null,
      empty: {},
    };
    expect(flattenConfig(config)).toEqual([
      { name: "seed", value: "1" },
      { name: "model.layers", value: "4" },
      { name: "model.sizes", value: "1, 2" },
      { name: "stages[0].name", value: "A" },
      { name: "stages[0].rate", value: "1, 0" },
      { name: "none", value: "null" },
      { name: "empty", value: "{}" },
    ]);
  });

  it("has no row for nothing and cuts what is very long", () => {
    expect(flattenConfig({})).toEqual([]);
    expect(flattenConfig({ text: "a".repeat(1000) })[0]?.value.length).toBeLessThan(400);
  });
});
