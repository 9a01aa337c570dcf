import { expect, test } from "vitest";
import {
  ANT_SHAPE,
  countPlannedParameters,
  distanceBucket,
  mayAttend,
  PLANNED_SIZES,
} from "#server/plan/contract.ts";
import { countParameters } from "./count-parameters.ts";
import { positionBucket } from "./position-bucket.ts";

test.each(PLANNED_SIZES)("the plan's $name counts what the trainer would train", (size) => {
  const config = {
    vocab_size: ANT_SHAPE.vocabulary,
    dim_model: size.width,
    dim_ff: size.width * ANT_SHAPE.feedforwardFactor,
    num_layers: size.layers,
    num_heads: size.width / ANT_SHAPE.headWidth,
    dim_head: ANT_SHAPE.headWidth,
    dropout_p: 0 as const,
    position_bias_num_buckets: ANT_SHAPE.buckets,
    position_bias_max_distance: ANT_SHAPE.maxDistance,
    eps: 1e-6,
    half: true,
    prompt_types: ANT_SHAPE.promptTypes,
    prompt_length: ANT_SHAPE.promptLength,
    segment_types: ANT_SHAPE.segmentTypes,
  };
  expect(countPlannedParameters(size)).toBe(countParameters(config));
});

test("the plan's picture of distances is the trainer's table", () => {
  for (let distance = -3_000; distance <= 3_000; distance++) {
    const { buckets, maxDistance } = ANT_SHAPE;
    expect(distanceBucket(distance)).toBe(positionBucket(distance, buckets, maxDistance));
  }
});

test("given tokens never see a token to be predicted, and predicted ones see back to the start", () => {
  const given = [true, true, false, false];
  const seen = given.map((_, i) => given.map((_, j) => (mayAttend(given, i, j) ? "x" : ".")));
  expect(seen.map((row) => row.join(""))).toEqual(["xx..", "xx..", "xxx.", "xxxx"]);
});
