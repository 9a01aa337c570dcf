import { closeSync, openSync, writeSync } from "node:fs";

const BUFFER = 1 << 20;

/** Writes values as JSON lines, a megabyte at a time, so that memory does not grow with the file. */
export function openLines(path: string): { add(value: unknown): void; close(): void } {
  const file = openSync(path, "w");
  let pending = "";
  const flush = (): void => {
    const bytes = Buffer.from(pending);
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(file, bytes, at, bytes.length - at);
    }
    pending = "";
  };
  return {
    add(value) {
      pending += `${JSON.stringify(value)}\n`;
      if (pending.length > BUFFER) {
        flush();
      }
    },
    close() {
      flush();
      closeSync(file);
    },
  };
}
