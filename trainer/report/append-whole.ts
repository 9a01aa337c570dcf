import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";

/** How bytes get into an open file; a test puts a full disk here. */
export type WriteBytes = (file: number, bytes: Uint8Array) => number;

/** Appends all of the bytes or nothing: what a full disk took of them is cut off again, and the error thrown. */
export function appendWhole(path: string, bytes: Uint8Array, write: WriteBytes = writeSync): void {
  const file = openSync(path, "a");
  try {
    writeWhole(file, bytes, { size: fstatSync(file).size, write });
  } finally {
    closeSync(file);
  }
}

/** The same for a file that is open and `size` bytes long. */
export function writeWhole(
  file: number,
  bytes: Uint8Array,
  { size, write }: { size: number; write: WriteBytes },
): void {
  try {
    for (let done = 0; done < bytes.length; ) {
      done += write(file, bytes.subarray(done));
    }
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
}
