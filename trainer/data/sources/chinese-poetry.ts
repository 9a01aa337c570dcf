import { z } from "zod";
import { collectWorks } from "./collect-works.ts";
import type { PackageSource, PackageText } from "./package-source.ts";

const Poems = z.array(
  z.object({ title: z.string(), author: z.string(), paragraphs: z.array(z.string()) }),
);
const Chapters = z.union([
  z.array(z.object({ chapter: z.string(), paragraphs: z.array(z.string()) })),
  z.object({ chapter: z.string(), paragraphs: z.array(z.string()) }),
]);

const CHINESE_POETRY = {
  name: "chinese",
  lang: "zh",
  package: "chinese-poetry",
  version: "2.0.1",
  integrity:
    "sha512-KtYARvV7CWNtax0na9+Jn6PlhGgSoid7PWyDzXI4KsCEm2odZcqEQyval5koaLygZnM/EQ3lfJ//25K8p3uHNg==",
  archiveBytes: 85_464_664,
  licence: "MIT",
  share: 1,
} as const;

function poems(content: string): PackageText[] {
  const parsed: unknown = JSON.parse(content);
  const read = Poems.safeParse(parsed);
  if (read.success) {
    return read.data.map(({ title, author, paragraphs }) => ({
      text: [title, author, ...paragraphs].join("\n"),
    }));
  }
  return [Chapters.parse(parsed)]
    .flat()
    .map(({ chapter, paragraphs }) => ({ text: [chapter, ...paragraphs].join("\n") }));
}

/** Tang poems in traditional characters, one document a poem: title, author, lines; and the Four Books. */
export const TANG_POEMS: PackageSource = {
  ...CHINESE_POETRY,
  textLicence: "public domain (Tang dynasty and earlier)",
  share: 0.7,
  wanted: (path) =>
    /\/quantangshi\/poet\.tang\.\d+\.json$/.test(path) || /\/sishuwujing\/[a-z]+\.json$/.test(path),
  documents: poems,
};

/** Song poems in traditional characters, a quarter of a million. */
export const SONG_POEMS: PackageSource = {
  ...CHINESE_POETRY,
  part: "song-poems",
  textLicence: "public domain (Song dynasty)",
  wanted: (path) => /\/dist\/quantangshi\/poet\.song\.\d+\.json$/.test(path),
  documents: collectWorks,
};

/** The imperial edition of the Tang poems (1705): many of the same poems in another wording. */
export const IMPERIAL_TANG: PackageSource = {
  ...CHINESE_POETRY,
  part: "imperial-tang",
  textLicence: "public domain (Tang dynasty, edition of 1705)",
  wanted: (path) => /\/yudingquantangshi\/json\/\d+\.json$/.test(path),
  documents: collectWorks,
};

/** Song lyrics (ci), in simplified characters. */
export const SONG_LYRICS: PackageSource = {
  ...CHINESE_POETRY,
  part: "song-lyrics",
  textLicence: "public domain (Song dynasty)",
  wanted: (path) => /\/dist\/songci\/ci\.song\.\d+\.json$/.test(path),
  documents: collectWorks,
};

/** Arias and songs of the Yuan drama, in simplified characters. */
export const YUAN_DRAMA: PackageSource = {
  ...CHINESE_POETRY,
  part: "yuan-drama",
  textLicence: "public domain (Yuan dynasty)",
  wanted: (path) => path.endsWith("/yuanqu/yuanqu.json"),
  documents: collectWorks,
};

/** The Book of Songs, the Songs of Chu, the Analects, primers, and an anthology of old prose. */
export const CLASSICS: PackageSource = {
  ...CHINESE_POETRY,
  part: "classics",
  textLicence: "public domain (Zhou to Qing dynasty)",
  wanted: (path) =>
    /\/(?:shijing\/shijing|chuci\/chuci|lunyu\/lunyu)\.json$/.test(path) ||
    /\/mengxue\/(?!baijiaxing|wenzimengqiu)[a-z-]+\.json$/.test(path),
  documents: collectWorks,
};

/** Cao Cao, the Southern Tang, the Collection among the Flowers, Nalan Xingde, and Zhang Chao's aphorisms. */
export const POETS: PackageSource = {
  ...CHINESE_POETRY,
  part: "poets",
  textLicence: "public domain (Han to Qing dynasty)",
  wanted: (path) =>
    /\/(?:caocaoshiji\/caocao|nantang\/poetrys|huajianji-\w+-juan|youmengying|shuimotangshi)\.json$/.test(
      path,
    ) || /\/nalanxingde\/[^/]+\.json$/.test(path),
  documents: collectWorks,
};
