import { crc32 } from "node:zlib";
import type { Decision } from "./decide.ts";

/**
 * One document in a store's log, little-endian: u32 count of hashes with the decision in its two top bits, the
 * document's key (u64), the hashes (u64 each), crc32 of all that. Only kept documents have hashes.
 */
export type LogRecord = {
  decision: Decision;
  key: bigint;
  hashes: BigUint64Array<ArrayBuffer>;
};

const DECISIONS: Decision[] = ["keep", "duplicate", "empty"];
const COUNT_BITS = 30;
const HEAD = 12;
const TAIL = 4;

export function packRecord({ decision, key, hashes }: LogRecord): Uint8Array {
  const count = decision === "keep" ? hashes.length : 0;
  const bytes = Buffer.allocUnsafe(HEAD + 8 * count + TAIL);
  bytes.writeUInt32LE(DECISIONS.indexOf(decision) * 2 ** COUNT_BITS + count, 0);
  bytes.writeBigUInt64LE(key, 4);
  if (count > 0) {
    bytes.set(new Uint8Array(hashes.buffer, hashes.byteOffset, 8 * count), HEAD);
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(0, bytes.length - TAIL)), bytes.length - TAIL);
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
  if (crc32(log.subarray(at, end - TAIL)) !== log.readUInt32LE(end - TAIL)) {
    return null;
  }
  const own = Uint8Array.from(log.subarray(at + HEAD, end - TAIL));
  return {
    record: { decision, key: log.readBigUInt64LE(at + 4), hashes: new BigUint64Array(own.buffer) },
    end,
  };
}
