import { expect, test } from "vitest";
import { ModelConfig } from "./config.ts";
import { goldenConfig } from "./golden-cases.ts";

test("a published configuration is taken, with its pruning masks as 0 and 1", () => {
  const config = ModelConfig.parse({
    ...goldenConfig,
    mask_modules: [
      [1, 0],
      [false, true],
    ],
  });
  expect(config.mask_modules).toEqual([
    [true, false],
    [false, true],
  ]);
});

test.each([
  ["dropout", { dropout_p: 0.1 }, "dropout_p"],
  ["a mask for another number of layers", { mask_modules: [[0, 0]] }, "mask_modules"],
  [
    "a largest distance within the exact buckets",
    { position_bias_max_distance: 2 },
    "position_bias_max_distance",
  ],
  ["a number of heads that is not whole", { num_heads: 1.5 }, "num_heads"],
])("%s is refused with the name of the field", (_, change, field) => {
  const result = ModelConfig.safeParse({ ...goldenConfig, ...change });
  expect(result.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
});
