import { expect, test } from "vitest";
import { goldenConfig } from "../model/golden-cases.ts";
import { stepFlops } from "./count-flops.ts";

test("the operations of a step are those of its matrix products, forward once and backward twice", () => {
  const at = { tokens: 5, targets: 2, length: 10 };
  // Per token and layer: four 16 × 16 projections, scores and mixing over 10 positions, three 16 × 24 maps.
  const perLayer = 2 * 4 * 16 * 16 + 2 * 2 * 10 * 16 + 2 * 3 * 16 * 24;
  const head = 2 * 2 * 16 * 32;
  expect(stepFlops(goldenConfig, at)).toBe(3 * (5 * 2 * perLayer + head));
});

test("sub-blocks that are skipped cost nothing", () => {
  const at = { tokens: 5, targets: 2, length: 10 };
  const bare = {
    ...goldenConfig,
    mask_modules: [
      [true, true],
      [true, true],
    ] as [boolean, boolean][],
  };
  expect(stepFlops(bare, at)).toBe(3 * 2 * 2 * 16 * 32);
});
