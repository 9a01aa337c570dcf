import { closeSync, fdatasyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { TrainerError } from "../../trainer-error.ts";

/** Something that bytes can be appended to; tests put a disk in here that fills up. */
export type Appender = {
  /** The bytes are copied: they may change afterwards. */
  append(bytes: Uint8Array): void;
  /** What was appended is on the disk when this returns. */
  flush(): void;
  close(): void;
};

const BUFFER_BYTES = 1 << 20;

type Write = (descriptor: number, bytes: Uint8Array) => void;

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(descriptor, bytes, at, bytes.length - at);
  }
}

/**
 * Appends to a file behind its first `length` bytes; whatever stood after them is cut off. When the disk is full the
 * file is cut back to its last whole state, so that the next start finds no half record.
 */
export function openAppender(path: string, length: number, write: Write = writeAll): Appender {
  const descriptor = openSync(path, "a");
  ftruncateSync(descriptor, length);
  let written = length;
  const pending = new Uint8Array(BUFFER_BYTES);
  let size = 0;
  const put = (bytes: Uint8Array): void => {
    try {
      write(descriptor, bytes);
    } catch (cause) {
      ftruncateSync(descriptor, written);
      throw fullDisk(path, cause);
    }
    written += bytes.length;
  };
  const flush = (): void => {
    if (size > 0) {
      put(pending.subarray(0, size));
      size = 0;
    }
  };
  return {
    append(bytes) {
      if (size + bytes.length > BUFFER_BYTES) {
        flush();
      }
      if (bytes.length > BUFFER_BYTES) {
        put(bytes);
        return;
      }
      pending.set(bytes, size);
      size += bytes.length;
    },
    flush() {
      flush();
      fdatasyncSync(descriptor);
    },
    close() {
      try {
        flush();
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

function fullDisk(path: string, cause: unknown): TrainerError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new TrainerError(
    "data",
    `${path} could not be written: ${detail}. What was written before is whole; make room on the disk and run the same command again, it goes on from there.`,
    { cause },
  );
}
