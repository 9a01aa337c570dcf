import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { openAppender } from "../dedup/file-appender.ts";
import { BLOCK_BYTES, RECORD_HEAD, RECORD_MARK, type ShardMeta } from "./shard-format.ts";

export type ShardWriter = {
  /** Appends one record of 16-bit words. */
  append(words: Uint16Array): void;
  /** Writes index and meta.bin; only now a reader sees the records. */
  close(): ShardMeta;
};

/**
 * Writes a dataset's directory: `data.bin` in blocks, `data.idx` with the offset of each record (f64) and `meta.bin`.
 * meta.bin comes last and is renamed into place, so an interrupted writer leaves nothing that looks whole.
 */
export function openShardWriter(
  directory: string,
  appender: typeof openAppender = openAppender,
  blockBytes = BLOCK_BYTES,
): ShardWriter {
  mkdirSync(directory, { recursive: true });
  const file = appender(join(directory, "data.bin"), 0);
  const offsets: number[] = [];
  let at = 0;
  let crc = 0;
  const put = (bytes: Uint8Array): void => {
    file.append(bytes);
    crc = crc32(bytes, crc);
    at += bytes.length;
  };
  return {
    append(words) {
      const size = RECORD_HEAD + 2 * words.length;
      if (size > blockBytes) {
        throw new RangeError(
          "A record is larger than a block. Cut the document before it is written.",
        );
      }
      const left = blockBytes - (at % blockBytes);
      if (size > left) {
        put(new Uint8Array(left));
      }
      offsets.push(at);
      const record = Buffer.alloc(size);
      record[0] = RECORD_MARK;
      record.writeUInt32LE(2 * words.length, 1);
      record.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength), RECORD_HEAD);
      put(record);
    },
    close() {
      file.flush();
      file.close();
      writeFileSync(join(directory, "data.idx"), Float64Array.from(offsets));
      const meta: ShardMeta = {
        file_name: "data.bin",
        block_begin: 0,
        block_end: Math.ceil(at / blockBytes),
        nbytes: at,
        nlines: offsets.length,
        mask: false,
        block_size: blockBytes,
        crc,
      };
      const path = join(directory, "meta.bin");
      writeFileSync(`${path}.part`, `${JSON.stringify(meta)}\n`);
      renameSync(`${path}.part`, path);
      return meta;
    },
  };
}
