import fc from "fast-check";
import { expect, test } from "vitest";
import { readAxis, writeAxis } from "./axis-column.ts";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { readFloats, writeFloats } from "./float-column.ts";

const STRANGE = [
  Number.NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  5e-324,
  Number.MAX_VALUE,
  Math.fround(0.1),
];
const anyValue = fc.oneof(fc.double(), fc.float(), fc.constantFrom(...STRANGE));
const anyStep = fc.oneof(
  fc.maxSafeNat(),
  fc.nat(1000),
  fc.constantFrom(0, 2 ** 31, 2 ** 52, Number.MAX_SAFE_INTEGER),
);

function throughAxis(values: Float64Array): { size: number; back: Float64Array } {
  const out = new ByteWriter();
  writeAxis(out, values);
  const bytes = out.finish();
  const source = new ByteReader(bytes);
  const back = readAxis(source, values.length);
  expect(source.position).toBe(bytes.length);
  return { size: bytes.length, back };
}

test("doubles come back bit for bit, in any order and of any kind", () => {
  fc.assert(
    fc.property(fc.array(anyValue, { maxLength: 200 }), (list) => {
      const values = Float64Array.from(list);
      const out = new ByteWriter();
      writeFloats(out, values);
      const bytes = out.finish();
      const source = new ByteReader(bytes);
      expect(readFloats(source, values.length)).toEqual(values);
      expect(source.position).toBe(bytes.length);
    }),
    { numRuns: 500 },
  );
});

test("steps come back exactly, in any order, up to the largest whole number", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 200 }), (list) => {
      expect(Array.from(throughAxis(Float64Array.from(list)).back)).toEqual(list);
    }),
    { numRuns: 500 },
  );
});

test("times with fractions of a millisecond, NaN and negative zero come back exactly too", () => {
  for (const list of [[1.5, 2.25, 1e15 + 0.5], [-0, 1], [Number.NaN], [8.64e15, 0, 8.64e15], []]) {
    const values = Float64Array.from(list);
    expect(throughAxis(values).back).toEqual(values);
  }
});

test("a thousand steps without holes take a dozen bytes", () => {
  const steps = Float64Array.from({ length: 1000 }, (_, index) => 5_000_000 + index);
  expect(throughAxis(steps).size).toBeLessThan(16);
});

test("a repeat count larger than the column is refused", () => {
  const out = new ByteWriter();
  writeAxis(
    out,
    Float64Array.from({ length: 50 }, () => 0),
  );
  expect(() => readAxis(new ByteReader(out.finish()), 3)).toThrow(/damaged/);
});

test("cut bytes are refused, not read as zeros", () => {
  const out = new ByteWriter();
  writeFloats(out, Float64Array.from([1.1, 2.2, 3.3, 4.4]));
  const bytes = out.finish();
  expect(() => readFloats(new ByteReader(bytes.subarray(0, bytes.length - 1)), 4)).toThrow(
    /damaged/,
  );
});
