import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { TextDocument } from "../document.ts";
import { readDocuments } from "../read-documents.ts";
import { readLines } from "../read-lines.ts";

const PASSAGE = 4_000;
const LONGEST_PASSAGE = 4 * PASSAGE;
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
  let number = 0;
  for await (const passage of readPassages(openInput(path), onFault)) {
    number += 1;
    yield plain(source, number, passage);
  }
}

/**
 * Lines put together up to a blank one, where there is one: a text without blank lines is cut at the end of a line.
 * A line that is longer than a passage stands alone, so that what a later step drops takes nothing else with it.
 */
async function* readPassages(
  input: AsyncIterable<Uint8Array>,
  onFault: (line: number, fault: string) => void,
): AsyncGenerator<string> {
  let passage = "";
  for await (const line of readLines(input)) {
    if ("fault" in line) {
      onFault(line.number, line.fault);
      continue;
    }
    const { text } = line;
    const blank = text.trim() === "";
    const full =
      passage.length > (blank ? PASSAGE : LONGEST_PASSAGE) || text.length > LONGEST_PASSAGE;
    if (full && passage.trim() !== "") {
      yield passage;
      passage = "";
    }
    passage += blank && passage === "" ? "" : `${text}\n`;
  }
  if (passage.trim() !== "") {
    yield passage;
  }
}

function plain(source: string, number: number, text: string): TextDocument {
  return { id: `${source}-${number}`, text, source, lang: HAN.test(text) ? "zh" : "en" };
}
