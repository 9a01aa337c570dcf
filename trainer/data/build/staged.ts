import { createReadStream, renameSync } from "node:fs";
import type { TextDocument } from "../document.ts";
import { openLines } from "../open-lines.ts";
import { readDocuments } from "../read-documents.ts";

/** A file of documents between two steps; it has its name only when it is whole. */
export function openStaged(path: string): { add(document: TextDocument): void; close(): void } {
  const lines = openLines(`${path}.part`);
  return {
    add: lines.add,
    close() {
      lines.close();
      renameSync(`${path}.part`, path);
    },
  };
}

export function readStaged(path: string): AsyncGenerator<TextDocument> {
  return readDocuments(createReadStream(path), () => undefined);
}
