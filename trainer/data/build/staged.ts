import { closeSync, createReadStream, openSync, renameSync, writeSync } from "node:fs";
import type { TextDocument } from "../document.ts";
import { readDocuments } from "../read-documents.ts";

/** A file of documents between two steps; it has its name only when it is whole. */
export function openStaged(path: string): { add(document: TextDocument): void; close(): void } {
  const file = openSync(`${path}.part`, "w");
  let pending = "";
  const flush = (): void => {
    const bytes = Buffer.from(pending);
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(file, bytes, at, bytes.length - at);
    }
    pending = "";
  };
  return {
    add(document) {
      pending += `${JSON.stringify(document)}\n`;
      if (pending.length > 1 << 20) {
        flush();
      }
    },
    close() {
      flush();
      closeSync(file);
      renameSync(`${path}.part`, path);
    },
  };
}

export function readStaged(path: string): AsyncGenerator<TextDocument> {
  return readDocuments(createReadStream(path), () => undefined);
}
