import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { type LogRecord, readRecord } from "./log-record.ts";

const CHUNK = 8 << 20;

/**
 * Reads the log's records from `from` on and returns where the last whole one ends. What follows is a torn tail of a
 * write that never finished: the caller cuts it off. Memory stays at a chunk and the longest record.
 */
export function replayLog(path: string, from: number, take: (record: LogRecord) => void): number {
  if (!existsSync(path)) {
    return 0;
  }
  const descriptor = openSync(path, "r");
  try {
    let end = from;
    let rest = Buffer.alloc(0);
    const chunk = Buffer.alloc(CHUNK);
    for (;;) {
      const size = readSync(descriptor, chunk, 0, CHUNK, end + rest.length);
      rest = Buffer.concat([rest, chunk.subarray(0, size)]);
      let at = 0;
      for (let found = readRecord(rest, at); found !== null; found = readRecord(rest, at)) {
        take(found.record);
        at = found.end;
      }
      end += at;
      rest = rest.subarray(at);
      if (size === 0) {
        return end;
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
