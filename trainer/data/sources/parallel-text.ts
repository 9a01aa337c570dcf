import { z } from "zod";
import type { PackageSource, PackageText } from "./package-source.ts";

const Entry = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.union([z.string(), z.array(z.string())]),
]);
const Dictionary = z.object({ all: z.array(Entry.rest(z.unknown())) });

const HAN_WORD = /^[\p{Script=Han}，]{2,}$/u;
/** Senses that only point elsewhere, or that need Chinese or pinyin to be understood. */
const POINTER =
  /^(?:(?:old |erhua |Japanese )?variant of|see |abbr\.|surname |used in |CL:)|[[\p{Script=Han}]/u;

/** Dictionary entries: a word, and its first senses in English. */
function entries(content: string): PackageText[] {
  const { all } = Dictionary.parse(
    JSON.parse(content.slice(content.indexOf("{"), content.lastIndexOf("}") + 1)),
  );
  return all.flatMap(([word, , , senses]) => {
    const plain = [senses].flat().filter((sense) => !POINTER.test(sense));
    return HAN_WORD.test(word) && plain.length > 0
      ? [{ text: word, translation: plain.slice(0, 3).join("; ") }]
      : [];
  });
}

/** CC-CEDICT, the community's Chinese-English dictionary, by traditional word. */
export const CEDICT: PackageSource = {
  name: "parallel",
  lang: "zh",
  package: "cc-cedict",
  version: "1.1.1",
  integrity:
    "sha512-GNlNYzd2YtYN3WmC0SUwZsiZs++IS3G1jogodeD8cxiiUfq3mmU8bUn3BAhSsPmVlOlL0loRI7Gin92V+/uM9g==",
  archiveBytes: 7_236_098,
  licence: "MIT",
  textLicence: "CC-BY-SA-4.0 (CC-CEDICT)",
  share: 1,
  wanted: (path) => path.endsWith("/data/all.js"),
  documents: entries,
};

const MESSAGE = /diag\(\d+, \d[^"]{0,40}, ("[A-Za-z0-9_]+"), ("(?:[^"\\]|\\.)+")/g;
const LETTERS = "ABCDEFGH";

/** Places of values become letters: braces are damage in any other text. */
function named(message: string): string {
  return message.replace(/\{(\d)\}/g, (_, place: string) => LETTERS.charAt(Number(place)));
}

/** Messages by key: English stands in the compiler's code, Chinese in a file of its own; the second file makes pairs. */
function messages(content: string, files: Map<string, string>, path: string): PackageText[] {
  files.set(path.endsWith(".json") ? "zh" : "en", content);
  const [zh, en] = [files.get("zh"), files.get("en")];
  if (zh === undefined || en === undefined) {
    return [];
  }
  const english = new Map(
    [...en.matchAll(MESSAGE)].map(([, key = '""', text = '""']) => [
      String(JSON.parse(key)),
      String(JSON.parse(text)),
    ]),
  );
  const chinese = z.record(z.string(), z.string()).parse(JSON.parse(zh));
  return Object.entries(chinese).flatMap(([key, text]) => {
    const translation = english.get(key);
    return translation === undefined
      ? []
      : [{ text: named(text), translation: named(translation) }];
  });
}

/** A compiler's messages in modern Chinese (traditional) and English: whole sentences, sentence by sentence. */
export const COMPILER_MESSAGES: PackageSource = {
  name: "parallel",
  lang: "zh",
  package: "typescript",
  version: "5.9.3",
  integrity:
    "sha512-jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw==",
  archiveBytes: 4_377_468,
  licence: "Apache-2.0",
  textLicence: "Apache-2.0",
  share: 1,
  wanted: (path) =>
    path.endsWith("/lib/_tsc.js") || path.endsWith("/zh-tw/diagnosticMessages.generated.json"),
  documents: messages,
};
