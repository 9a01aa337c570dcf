import type { ServerResponse } from "node:http";

/** The code of the error that a writer gets when its reader has gone away in the middle. */
const GONE = "READER_GONE";

/** Resolves when the system has taken the bytes; rejects when the reader is gone. */
export function writeBytes(res: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((done, fail) => {
    const gone = () => fail(Object.assign(new Error("The reader went away."), { code: GONE }));
    if (res.destroyed) {
      gone();
      return;
    }
    res.once("close", gone);
    res.write(bytes, (error) => {
      res.off("close", gone);
      if (error == null) {
        done();
      } else {
        fail(error);
      }
    });
  });
}

/** A reader that goes away in the middle is everyday life, not a failure. */
export function readerWentAway(res: ServerResponse, error: unknown): boolean {
  return res.destroyed || (error as NodeJS.ErrnoException).code === GONE;
}
