import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { TextDocument } from "../document.ts";
import { readDocuments } from "../read-documents.ts";
import { readLines } from "../read-lines.ts";

const PASSAGE = 4_000;
const HAN = /\p{Script=Han}/u;

/** The bytes of a file, decompressed by its ending: .gz, .zst or as it is. */
function openInput(path: string): AsyncIterable<Buffer> {
  const file = createReadStream(path);
  const opened = path.endsWith(".gz")
    ? createGunzip()
    : path.endsWith(".zst")
      ? createZstdDecompress()
      : null;
  if (opened === null) {
    return file;
  }
  file.on("error", (error) => opened.destroy(error));
  return file.pipe(opened);
}

/** Documents of a file: JSON lines where its name says so (.jsonl, also compressed), else plain text in passages. */
export async function* readInput(
  path: string,
  onFault: (line: number, fault: string) => void,
): AsyncGenerator<TextDocument> {
  if (/\.jsonl(?:\.gz|\.zst)?$/.test(path)) {
    yield* readDocuments(openInput(path), onFault);
    return;
  }
  const source = basename(path).replace(/\..*$/, "");
  let passage = "";
  let number = 0;
  for await (const line of readLines(openInput(path))) {
    if ("fault" in line) {
      onFault(line.number, line.fault);
    } else if (line.text.trim() === "" && passage.length > PASSAGE) {
      number += 1;
      yield plain(source, number, passage);
      passage = "";
    } else {
      passage += `${line.text}\n`;
    }
  }
  if (passage.trim() !== "") {
    yield plain(source, number + 1, passage);
  }
}

function plain(source: string, number: number, text: string): TextDocument {
  return { id: `${source}-${number}`, text, source, lang: HAN.test(text) ? "zh" : "en" };
}
