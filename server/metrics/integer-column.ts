// Whole numbers that mostly rise by the same amount (steps, times): the change of the change, zigzag, as a
// varint; a run of zeros is a zero and its length. Steps without holes cost nothing, jittering times 1–2 bytes.
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";

/** Zigzag doubles a number, so its size may be at most half of what a double holds exactly. */
const LARGEST = 2 ** 52 - 1;

/** Writes the numbers and answers true, or writes nothing and answers false when they do not suit this form. */
export function writeIntegers(out: ByteWriter, values: Float64Array): boolean {
  const start = out.length;
  let previous = 0;
  let change = 0;
  let zeros = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const step = value - previous;
    const turn = step - change;
    // Written so that NaN, infinities, fractions and negative zero all fail.
    if (
      !(Number.isSafeInteger(value) && Math.abs(step) <= LARGEST && Math.abs(turn) <= LARGEST) ||
      Object.is(value, -0)
    ) {
      out.length = start;
      return false;
    }
    if (turn === 0) {
      zeros += 1;
    } else {
      zeros = writeZeros(out, zeros);
      out.varint(turn > 0 ? turn * 2 : -turn * 2 - 1);
    }
    previous = value;
    change = step;
  }
  writeZeros(out, zeros);
  return true;
}

function writeZeros(out: ByteWriter, count: number): 0 {
  if (count > 0) {
    out.varint(0);
    out.varint(count - 1);
  }
  return 0;
}

/** Reads `count` numbers that `writeIntegers` wrote. */
export function readIntegers(source: ByteReader, count: number): Float64Array {
  const values = new Float64Array(count);
  let previous = 0;
  let change = 0;
  let index = 0;
  while (index < count) {
    const zigzag = source.varint();
    let repeat = 1;
    if (zigzag === 0) {
      repeat = source.varint() + 1;
    } else {
      change += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    }
    if (repeat > count - index) {
      throw new RangeError("Stored numbers are more than announced: the row is damaged.");
    }
    for (const end = index + repeat; index < end; index++) {
      previous += change;
      values[index] = previous;
    }
  }
  return values;
}
