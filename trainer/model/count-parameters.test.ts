import { expect, test } from "vitest";
import { countParameters as countSizes, ModelSizes } from "#server/releases/contract.ts";
import { ModelConfig } from "./config.ts";
import { countParameters } from "./count-parameters.ts";

function planned(layers: number, width: number): ModelConfig {
  return ModelConfig.parse({
    vocab_size: 30720,
    dim_model: width,
    dim_ff: 2.5 * width,
    num_layers: layers,
    num_heads: width / 128,
    dim_head: 128,
    dropout_p: 0,
    position_bias_num_buckets: 512,
    position_bias_max_distance: 2048,
    eps: 1e-6,
    half: true,
    prompt_types: 32,
    prompt_length: 32,
    segment_types: 32,
  });
}

test.each([
  [24, 1024, "0.322"],
  [24, 2048, "1.223"],
  [36, 2560, "2.795"],
  [36, 4096, "7.076"],
  [48, 4096, "9.392"],
  [60, 5120, "18.25"],
  [72, 5120, "21.87"],
  [72, 8192, "55.83"],
  [96, 12288, "167.1"],
])("%i layers of width %i have %s billion parameters", (layers, width, billions) => {
  const count = countParameters(planned(layers, width)) / 1e9;
  expect(count.toPrecision(4)).toBe(Number(billions).toPrecision(4));
});

test("the count is the closed formula", () => {
  const [L, d, H] = [3, 256, 2];
  const formula =
    L * (4 * d * H * 128 + 3 * d * 2.5 * d + 2 * d) +
    d +
    (30720 + 32 * 32 + 32) * d +
    (32 * 32 + 512) * H;
  expect(countParameters(planned(L, d))).toBe(formula);
});

test("a skipped sub-block has no parameters", () => {
  const [d, H] = [256, 2];
  const masked = {
    ...planned(2, d),
    mask_modules: [
      [false, false],
      [true, false],
    ],
  };
  const attention = 4 * d * H * 128 + d;
  expect(countParameters(ModelConfig.parse(masked))).toBe(
    countParameters(planned(2, d)) - attention,
  );
});

test("the portal counts a release's parameters as the trainer does", () => {
  for (const config of [
    planned(24, 1024),
    planned(48, 4096),
    { ...planned(2, 256), dim_head: 24 },
  ]) {
    expect(countSizes(ModelSizes.parse(config))).toBe(countParameters(config));
  }
});
