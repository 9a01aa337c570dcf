import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { readFloats, writeFloats } from "./float-column.ts";
import { readIntegers, writeIntegers } from "./integer-column.ts";

const INTEGERS = 0;
const FLOATS = 1;

/** Writes steps or times: as whole numbers with small changes where they are that, else as any doubles. */
export function writeAxis(out: ByteWriter, values: Float64Array): void {
  out.byte(INTEGERS);
  if (!writeIntegers(out, values)) {
    out.bytes[out.length - 1] = FLOATS;
    writeFloats(out, values);
  }
}

export function readAxis(source: ByteReader, count: number): Float64Array {
  const form = source.byte();
  if (form !== INTEGERS && form !== FLOATS) {
    throw new RangeError(`Stored numbers have the unknown form ${form}: the row is damaged.`);
  }
  return form === INTEGERS ? readIntegers(source, count) : readFloats(source, count);
}
