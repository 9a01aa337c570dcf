import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  LICENCE_LOCALES,
  type LicenceDocument,
  type LicenceLocale,
  type LicenceTexts,
} from "./contract.ts";

/** The texts that hold now. An older version stays beside them as it was accepted; a changed text gets a new number. */
const VERSION = "1.0";

const read = new Map<LicenceLocale, Promise<LicenceTexts>>();

/** The licence and the notice of risks in a language. They lie beside the messages; the portal runs in its own folder. */
export function licenceTexts(locale: LicenceLocale): Promise<LicenceTexts> {
  const known = read.get(locale) ?? readTexts(locale);
  read.set(locale, known);
  return known;
}

/** Every pair of hashes that stands for the texts that hold now, one for each language. */
export async function currentTexts(): Promise<LicenceTexts[]> {
  return await Promise.all(LICENCE_LOCALES.map(licenceTexts));
}

async function readTexts(locale: LicenceLocale): Promise<LicenceTexts> {
  const [licence, risks] = await Promise.all([
    readDocument("licence", locale),
    readDocument("risks", locale),
  ]);
  return { version: VERSION, locale, licence, risks };
}

async function readDocument(
  name: LicenceDocument["name"],
  locale: LicenceLocale,
): Promise<LicenceDocument> {
  const file = join(process.cwd(), "messages", "licence", `${name}-${VERSION}.${locale}.md`);
  const bytes = await readFile(file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name, sha256, markdown: bytes.toString("utf8") };
}
