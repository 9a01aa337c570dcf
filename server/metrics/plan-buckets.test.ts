import fc from "fast-check";
import { expect, test } from "vitest";
import { CHUNK_POINTS } from "./chunk-codec.ts";
import { bucketCount, planBuckets } from "./plan-buckets.ts";
import { nodePoints } from "./pyramid-node.ts";

const input = fc
  .record({
    sealedCount: fc.oneof(fc.nat(5000), fc.nat(50_000_000)),
    unsealed: fc.nat(5000),
    late: fc.boolean(),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.double({ min: 0, max: 1, noNaN: true }),
    buckets: fc.integer({ min: 1, max: 4000 }),
  })
  .map(({ sealedCount, unsealed, late, share, length, buckets }) => {
    const cut = late ? Math.floor(sealedCount / 2 / CHUNK_POINTS) * CHUNK_POINTS : sealedCount;
    const total = cut + unsealed;
    const size = Math.max(buckets + 1, Math.floor(length ** 4 * total));
    const from = Math.floor(share * Math.max(0, total - size));
    return { span: { from, to: from + size }, buckets, cut, sealedCount };
  });

test("a plan covers the sealed points of its span once, in order, and no piece crosses a bucket's border", () => {
  fc.assert(
    fc.property(input, (wish) => {
      const { span, width, pieces } = planBuckets(wish);
      let at = span.from;
      for (const piece of pieces) {
        if (piece.kind === "points") {
          expect(piece.from).toBe(at);
          expect(Math.floor(piece.from / CHUNK_POINTS)).toBe(
            Math.floor((piece.to - 1) / CHUNK_POINTS),
          );
          at = piece.to;
        } else {
          const size = nodePoints(piece.level);
          expect(piece.first * size).toBe(at);
          expect(piece.end).toBeGreaterThan(piece.first);
          expect(width % size).toBe(0);
          at = Math.min(piece.end * size, wish.sealedCount);
        }
      }
      expect(at).toBe(Math.max(span.from, Math.min(span.to, wish.cut)));
    }),
    { numRuns: 1000 },
  );
});

test("a plan keeps to its budget and does not waste it", () => {
  fc.assert(
    fc.property(input, (wish) => {
      const { span, width } = planBuckets(wish);
      const count = bucketCount(span, width);
      expect(count).toBeLessThanOrEqual(Math.max(4, wish.buckets));
      if (wish.buckets >= 8 && wish.cut === wish.sealedCount && span.to <= wish.cut) {
        expect(count).toBeGreaterThanOrEqual(wish.buckets / 2 - 2);
      }
    }),
    { numRuns: 1000 },
  );
});

test("the work follows the budget and not the length of the history", () => {
  for (const sealedCount of [1_000_000, 100_000_000]) {
    const { pieces } = planBuckets({
      span: { from: 1, to: sealedCount - 1 },
      buckets: 1000,
      cut: sealedCount,
      sealedCount,
    });
    const nodes = pieces.reduce(
      (sum, piece) => sum + (piece.kind === "nodes" ? piece.end - piece.first : 0),
      0,
    );
    const points = pieces.reduce(
      (sum, piece) => sum + (piece.kind === "points" ? piece.to - piece.from : 0),
      0,
    );
    expect(nodes).toBeLessThan(2100);
    expect(points).toBeLessThan(128);
  }
});

test("a coarse plan unpacks no more than the edges", () => {
  const wish = { span: { from: 100, to: 9000 }, buckets: 4000, cut: 10_000, sealedCount: 10_000 };
  const unpacked = (coarse: boolean) =>
    planBuckets({ ...wish, coarse }).pieces.reduce(
      (sum, piece) => sum + (piece.kind === "points" ? piece.to - piece.from : 0),
      0,
    );
  expect(unpacked(false)).toBe(8900);
  expect(unpacked(true)).toBeLessThan(128);
});
