import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { HashTable } from "./hash-table.ts";
import type { StoreState } from "./store-state.ts";

const FILE = "snapshot.bin";
const Head = z.object({
  logBytes: z.int(),
  table: z.object({ places: z.int(), used: z.int(), crc: z.int() }),
  answers: z.object({ places: z.int(), used: z.int(), crc: z.int() }),
});

/** Both tables as they lie in memory, behind one line of JSON; renamed into place when it is whole. */
export function writeSnapshot(directory: string, { table, answers, logBytes }: StoreState): void {
  const parts = [table, answers].map((one) => {
    const pieces = one
      .segments()
      .map((words) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
    const crc = pieces.reduce((sum, piece) => crc32(piece, sum), 0);
    return { pieces, head: { places: one.capacity, used: one.size, crc } };
  });
  const [first, second] = parts;
  const head = JSON.stringify({ logBytes, table: first?.head, answers: second?.head });
  const workplace = join(directory, `${FILE}.part`);
  rmSync(workplace, { force: true });
  const descriptor = openSync(workplace, "w");
  try {
    for (const bytes of [Buffer.from(`${head}\n`), ...parts.flatMap((part) => part.pieces)]) {
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(descriptor, bytes, at, bytes.length - at);
      }
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(workplace, join(directory, FILE));
}

/** Null: there is none, it is damaged, or it is ahead of the log; the log alone is then read from its beginning. */
export function readSnapshot(directory: string, logBytes: number): StoreState | null {
  try {
    const bytes = readFileSync(join(directory, FILE));
    const feed = bytes.indexOf(10);
    const head = Head.parse(JSON.parse(bytes.toString("utf8", 0, feed)));
    const from = feed + 1;
    const table = restore(bytes, from, head.table);
    const answers = restore(bytes, from + 8 * head.table.places, head.answers);
    return table === null || answers === null || head.logBytes > logBytes
      ? null
      : { table, answers, logBytes: head.logBytes };
  } catch {
    return null;
  }
}

type Part = { places: number; used: number; crc: number };

function restore(bytes: Buffer, from: number, { places, used, crc }: Part): HashTable | null {
  const part = Uint8Array.from(bytes.subarray(from, from + 8 * places));
  return part.length === 8 * places && crc32(part) === crc
    ? HashTable.restore(new Int32Array(part.buffer), used)
    : null;
}
