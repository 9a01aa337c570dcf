import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./process.ts";

export type Locale = "en" | "zh";
type Tree = { [name: string]: string | Tree };

/** A text of the site as its visitors read it: `wordsOf("zh")("charts.dataTable")`. */
export function wordsOf(locale: Locale): (path: string) => string {
  const charts = read(`components/charts/messages.${locale}.json`);
  const messages: Tree = { ...read(`messages/${locale}/runs.json`), charts };
  return (path) => {
    const found = path
      .split(".")
      .reduce<string | Tree | undefined>((at, name) => (at as Tree | undefined)?.[name], messages);
    if (typeof found !== "string") {
      throw new Error(`There is no message ${path} in ${locale}.`);
    }
    return found;
  };
}

const read = (path: string): Tree => JSON.parse(readFileSync(join(root, path), "utf8"));
