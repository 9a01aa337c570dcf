import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { TrainerError } from "../../trainer-error.ts";
import type { RecordStore } from "../record-store.ts";
import { RECORD_HEAD, RECORD_MARK, ShardMeta } from "./shard-format.ts";

export const META_FILE = "meta.bin";
const CHUNK = 1 << 22;

function damaged(directory: string, what: string): TrainerError {
  return new TrainerError(
    "data",
    `The shard ${directory} is damaged (${what}). Take it out with "mask": true in datasets.json, or delete its corpus directory and run data build again.`,
  );
}

function readMeta(directory: string): ShardMeta[] {
  try {
    const lines = readFileSync(join(directory, META_FILE), "utf8").trim().split("\n");
    return lines.map((line) => ShardMeta.parse(JSON.parse(line)));
  } catch {
    throw damaged(directory, "meta.bin cannot be read");
  }
}

type Part = { file: number; offsets: Float64Array; lengths: Uint32Array };

/**
 * The records of a dataset that are not masked. All bytes are read once, to verify them; afterwards only the index is
 * in memory, and a record comes from the file when it is asked for.
 */
export function openShards(directory: string): RecordStore {
  const parts: Part[] = [];
  const close = (): void => {
    for (const { file } of parts.splice(0)) {
      closeSync(file);
    }
  };
  try {
    for (const meta of readMeta(directory).filter(({ mask }) => !mask)) {
      parts.push(openPart(directory, meta));
    }
  } catch (error) {
    close();
    throw error;
  }
  const ends = parts.map((_, i) =>
    parts.slice(0, i + 1).reduce((sum, { lengths }) => sum + lengths.length, 0),
  );
  const find = (record: number): { part: Part | undefined; at: number } => {
    const i = ends.findIndex((end) => record < end);
    return { part: parts[i], at: record - (ends[i - 1] ?? 0) };
  };
  return {
    count: ends.at(-1) ?? 0,
    length: (record) => {
      const { part, at } = find(record);
      return part?.lengths[at] ?? 0;
    },
    read: (record, from = 0, to = undefined) => {
      const { part, at } = find(record);
      if (part === undefined) {
        throw damaged(directory, `there is no record ${record}`);
      }
      const offset = (part.offsets[at] ?? 0) + RECORD_HEAD + 2 * from;
      const words = new Uint16Array((to ?? part.lengths[at] ?? 0) - from);
      const bytes = new Uint8Array(words.buffer);
      if (readSync(part.file, bytes, 0, bytes.length, offset) !== bytes.length) {
        throw damaged(directory, `record ${record} ends too early`);
      }
      return words;
    },
    *scan() {
      for (const { file, offsets, lengths } of parts) {
        const ahead = readAhead(file);
        for (const [i, offset] of offsets.entries()) {
          const words = new Uint16Array(lengths[i] ?? 0);
          new Uint8Array(words.buffer).set(ahead(offset + RECORD_HEAD, 2 * words.length));
          yield words;
        }
      }
    },
    close,
  };
}

function openPart(directory: string, meta: ShardMeta): Part {
  const path = join(directory, meta.file_name);
  const file = openSync(path, "r");
  try {
    verify(directory, file, meta);
    const index = readFileSync(path.replace(/\.bin$/, ".idx"));
    const offsets = new Float64Array(Uint8Array.from(index).buffer).slice(0, meta.nlines);
    return { file, offsets, lengths: readLengths(directory, file, offsets) };
  } catch (error) {
    closeSync(file);
    throw error instanceof TrainerError ? error : damaged(directory, String(error));
  }
}

function verify(directory: string, file: number, meta: ShardMeta): void {
  const chunk = new Uint8Array(CHUNK);
  let crc = 0;
  for (let at = 0; at < meta.nbytes; ) {
    const read = readSync(file, chunk, 0, Math.min(CHUNK, meta.nbytes - at), at);
    if (read === 0) {
      break;
    }
    crc = crc32(chunk.subarray(0, read), crc);
    at += read;
  }
  if (crc !== meta.crc) {
    throw damaged(directory, `${meta.file_name} is not what was written`);
  }
}

/** Each record's own word on its length; an index that does not fit the file is noticed here. */
function readLengths(directory: string, file: number, offsets: Float64Array): Uint32Array {
  const read = readAhead(file);
  return Uint32Array.from(offsets, (offset) => {
    const head = read(offset, RECORD_HEAD);
    if (head[0] !== RECORD_MARK) {
      throw damaged(directory, `no record at byte ${offset}`);
    }
    return head.readUInt32LE(1) / 2;
  });
}

/** Reads of a file that mostly go forward, in chunks: a call to the system for every record would cost more than the rest. */
function readAhead(file: number): (offset: number, length: number) => Buffer {
  let chunk = Buffer.alloc(CHUNK);
  let begin = 0;
  let end = 0;
  return (offset, length) => {
    if (offset < begin || offset + length > end) {
      chunk = length > chunk.length ? Buffer.alloc(length) : chunk;
      begin = offset;
      end = offset + readSync(file, chunk, 0, chunk.length, offset);
    }
    return chunk.subarray(offset - begin, offset - begin + length);
  };
}
