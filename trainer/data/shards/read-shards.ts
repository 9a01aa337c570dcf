import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { TrainerError } from "../../trainer-error.ts";
import type { TokenStore } from "../cut-pieces.ts";
import { RECORD_HEAD, RECORD_MARK, ShardMeta } from "./shard-format.ts";

function damaged(directory: string, what: string): TrainerError {
  return new TrainerError(
    "data",
    `The shard ${directory} is damaged (${what}). Delete its corpus directory and run data build again.`,
  );
}

function readMeta(directory: string): ShardMeta[] {
  try {
    const lines = readFileSync(join(directory, "meta.bin"), "utf8").trim().split("\n");
    return lines.map((line) => ShardMeta.parse(JSON.parse(line)));
  } catch {
    throw damaged(directory, "meta.bin cannot be read");
  }
}

/** All records of a dataset that are not masked, verified, as one token store. */
export function readShards(directory: string): TokenStore {
  const parts: Uint16Array[] = [];
  for (const meta of readMeta(directory).filter(({ mask }) => !mask)) {
    const bytes = readFileSync(join(directory, meta.file_name)).subarray(0, meta.nbytes);
    if (bytes.length !== meta.nbytes || crc32(bytes) !== meta.crc) {
      throw damaged(directory, `${meta.file_name} is not what was written`);
    }
    const index = readFileSync(join(directory, meta.file_name.replace(/\.bin$/, ".idx")));
    const offsets = new Float64Array(Uint8Array.from(index).buffer);
    for (const offset of offsets) {
      if (bytes[offset] !== RECORD_MARK) {
        throw damaged(directory, `no record at byte ${offset}`);
      }
      const length = bytes.readUInt32LE(offset + 1);
      const own = Uint8Array.from(
        bytes.subarray(offset + RECORD_HEAD, offset + RECORD_HEAD + length),
      );
      parts.push(new Uint16Array(own.buffer));
    }
  }
  const starts = new Uint32Array(parts.length + 1);
  parts.forEach((part, i) => {
    starts[i + 1] = (starts[i] ?? 0) + part.length;
  });
  const tokens = new Uint16Array(starts[parts.length] ?? 0);
  parts.forEach((part, i) => {
    tokens.set(part, starts[i]);
  });
  return { tokens, starts };
}
