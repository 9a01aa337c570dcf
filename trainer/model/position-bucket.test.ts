import { expect, test } from "vitest";
import golden from "./cpm-ant-golden.json" with { type: "json" };
import { positionBucket, positionBucketTable } from "./position-bucket.ts";

test.each(golden.buckets_512_2048)("with 512 buckets to 2048, distance %i is bucket %i", (r, b) => {
  expect(positionBucket(r, 512, 2048)).toBe(b);
});

test.each(golden.buckets_8_16)("with 8 buckets to 16, distance %i is bucket %i", (r, b) => {
  expect(positionBucket(r, 8, 16)).toBe(b);
});

test("the buckets of all distances from -3000 to 3000 sum to the published figure", () => {
  let sum = 0;
  for (let distance = -3000; distance <= 3000; distance++) {
    sum += positionBucket(distance, 512, 2048);
  }
  expect(sum).toBe(2_106_764);
});

test("the table holds the bucket of key minus query", () => {
  const table = positionBucketTable(5, 8, 16);
  expect(table[3 * 5 + 1]).toBe(positionBucket(-2, 8, 16));
  expect(table[1 * 5 + 3]).toBe(positionBucket(2, 8, 16));
});
