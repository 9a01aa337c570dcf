import type { Decision } from "./decide.ts";
import { type Hashes, viewOf } from "./hash-paragraphs.ts";
import type { Hash } from "./hash-units.ts";

/**
 * One document in a store's log, in little-endian words: count of hashes with the decision in the two top bits, the
 * document's key (2), the hashes (2 each), CRC-32 of all that. Only kept documents have hashes.
 */
export type LogRecord = { decision: Decision; key: Hash; hashes: Readonly<Hashes> };

const DECISIONS: Decision[] = ["keep", "duplicate", "empty"];
const COUNT_BITS = 30;
const HEAD = 12;
const TAIL = 4;

let words = new Int32Array(1024);

/** The record's bytes, valid until the next call. */
export function packRecord({ decision, key, hashes }: LogRecord): Uint8Array {
  const length = decision === "keep" ? hashes.length : 0;
  const size = 4 + length;
  if (size > words.length) {
    words = new Int32Array(2 * size);
  }
  words[0] = DECISIONS.indexOf(decision) * 2 ** COUNT_BITS + length / 2;
  words[1] = key.low;
  words[2] = key.high;
  for (let i = 0; i < length; i += 1) {
    words[3 + i] = hashes.words[i] as number;
  }
  const bytes = new Uint8Array(words.buffer, 0, 4 * size);
  words[size - 1] = checksum(bytes, 0, 4 * size - TAIL);
  return bytes;
}

/** The record at `at` and the place after it; null when what stands there is not whole. */
export function readRecord(log: Buffer, at: number): { record: LogRecord; end: number } | null {
  if (at + HEAD + TAIL > log.length) {
    return null;
  }
  const head = log.readUInt32LE(at);
  const decision = DECISIONS[head >>> COUNT_BITS];
  const count = head & (2 ** COUNT_BITS - 1);
  const end = at + HEAD + 8 * count + TAIL;
  if (decision === undefined || end > log.length) {
    return null;
  }
  if (checksum(log, at, end - TAIL) !== log.readUInt32LE(end - TAIL)) {
    return null;
  }
  const own = Uint8Array.from(log.subarray(at + HEAD, end - TAIL));
  const key = { low: log.readInt32LE(at + 4), high: log.readInt32LE(at + 8) };
  return { record: { decision, key, hashes: viewOf(new Int32Array(own.buffer), 2 * count) }, end };
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value;
});

/** CRC-32 as zlib computes it; records are short, and a call out of JavaScript takes longer than the sum. */
export function checksum(bytes: Uint8Array, from: number, to: number): number {
  let value = 0xffff_ffff;
  for (let i = from; i < to; i += 1) {
    value = (value >>> 8) ^ (CRC[(value ^ (bytes[i] as number)) & 0xff] as number);
  }
  return (value ^ 0xffff_ffff) >>> 0;
}
