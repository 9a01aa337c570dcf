// Any doubles, bit for bit: each is XORed with the one before; the zero bits that all of them end in are shifted
// out once for the column (29 of them when the trainer computes in float32), leading zero bytes are left out, and
// the number of bytes that remain stands in half a byte. Whole bytes instead of Gorilla's bits cost, by estimate,
// half a byte more per point on noise and spare the work of shifting; the two were not timed against each other.
//   [shift] [lengths, two a byte] [bytes, lowest first] [8 spare bytes]
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";

const BYTES_PER_VALUE = 8;
const NAN_HIGH = 0x7ff80000;
/** Behind the last value, so that each value can be read as two whole words. */
const PADDING = 8;
/** Which bits of the two words belong to a value of 0 … 8 bytes; larger sizes are never written. */
const LOW_MASK = Int32Array.from({ length: 16 }, (_, size) =>
  size >= 4 ? -1 : 2 ** (size * 8) - 1,
);
const HIGH_MASK = Int32Array.from({ length: 16 }, (_, size) =>
  size >= 8 ? -1 : 2 ** (Math.max(size - 4, 0) * 8) - 1,
);
const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
if (!LITTLE_ENDIAN) {
  throw new Error("The metric store is written for little-endian machines.");
}

/** High and low words of each value XORed with the one before, high word first; NaN in its one canonical form. */
function xorWords(values: Float64Array): Uint32Array {
  const words = new Uint32Array(values.length * 2);
  const pair = new Uint32Array(2);
  const asFloat = new Float64Array(pair.buffer);
  let high = 0;
  let low = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    asFloat[0] = value;
    const isNumber = !Number.isNaN(value);
    const nextHigh = isNumber ? (pair[1] as number) : NAN_HIGH;
    const nextLow = isNumber ? (pair[0] as number) : 0;
    words[index * 2] = nextHigh ^ high;
    words[index * 2 + 1] = nextLow ^ low;
    high = nextHigh;
    low = nextLow;
  }
  return words;
}

/** How many zero bits all 64-bit words end in; 0 when all are zero. */
function commonShift(words: Uint32Array): number {
  let high = 0;
  let low = 0;
  for (let index = 0; index < words.length; index += 2) {
    high |= words[index] as number;
    low |= words[index + 1] as number;
  }
  if (low !== 0) {
    return 31 - Math.clz32(low & -low);
  }
  return high === 0 ? 0 : 63 - Math.clz32(high & -high);
}

export function writeFloats(out: ByteWriter, values: Float64Array): void {
  const words = xorWords(values);
  const shift = commonShift(words);
  const lengths = (values.length + 1) >> 1;
  out.reserve(1 + lengths + values.length * BYTES_PER_VALUE + PADDING);
  const view = new DataView(out.bytes.buffer);
  out.bytes[out.length] = shift;
  const lengthsAt = out.length + 1;
  let position = lengthsAt + lengths;
  out.bytes.fill(0, lengthsAt, position);
  for (let index = 0; index < values.length; index++) {
    const highWord = words[index * 2] as number;
    const low = shiftedLow(highWord, words[index * 2 + 1] as number, shift);
    const high = shift >= 32 ? 0 : highWord >>> shift;
    const size = high === 0 ? 4 - (Math.clz32(low) >> 3) : 8 - (Math.clz32(high) >> 3);
    const lengthAt = lengthsAt + (index >> 1);
    out.bytes[lengthAt] = (out.bytes[lengthAt] as number) | (size << ((index & 1) * 4));
    // All eight bytes are written and the next value overwrites those that are not needed.
    view.setInt32(position, low, true);
    view.setInt32(position + 4, high, true);
    position += size;
  }
  out.length = position + PADDING;
}

/** The lower word of a 64-bit word shifted right. `<< 32` would shift by nothing in JavaScript, hence three cases. */
function shiftedLow(high: number, low: number, shift: number): number {
  if (shift >= 32) {
    return high >>> (shift - 32);
  }
  return shift === 0 ? low : (low >>> shift) | (high << (32 - shift));
}

/** Reads `count` doubles that `writeFloats` wrote. */
export function readFloats(source: ByteReader, count: number): Float64Array {
  const values = new Float64Array(count);
  const words = new Uint32Array(values.buffer);
  const shift = source.byte();
  const lengths = source.take((count + 1) >> 1);
  const { bytes } = source;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let position = source.position;
  let previousHigh = 0;
  let previousLow = 0;
  for (let index = 0; index < count; index++) {
    const size = ((lengths[index >> 1] as number) >> ((index & 1) * 4)) & 15;
    // Beyond the end this throws a RangeError of its own.
    let low = view.getInt32(position, true) & (LOW_MASK[size] as number);
    let high = view.getInt32(position + 4, true) & (HIGH_MASK[size] as number);
    position += size;
    if (shift >= 32) {
      high = low << (shift - 32);
      low = 0;
    } else if (shift > 0) {
      high = (high << shift) | (low >>> (32 - shift));
      low <<= shift;
    }
    previousHigh ^= high;
    previousLow ^= low;
    words[index * 2] = previousLow;
    words[index * 2 + 1] = previousHigh;
  }
  source.position = position;
  source.take(PADDING);
  return values;
}
