import { z } from "zod";
import {
  CLASSICS,
  IMPERIAL_TANG,
  POETS,
  SONG_LYRICS,
  SONG_POEMS,
  TANG_POEMS,
  YUAN_DRAMA,
} from "./sources/chinese-poetry.ts";
import { MOBY_DICK, STATE_OF_THE_UNION } from "./sources/english-books.ts";
import type { PackageSource } from "./sources/package-source.ts";
import { CEDICT, COMPILER_MESSAGES } from "./sources/parallel-text.ts";

/** A source of text: a package, or the small stories that the trainer makes up itself. */
export type Source = PackageSource | { name: string; lang: "zh" | "en"; builtIn: true };

export const SourceName = z.enum([
  "tang-poems",
  "song-poems",
  "imperial-tang",
  "song-lyrics",
  "yuan-drama",
  "classics",
  "poets",
  "state-of-the-union",
  "moby-dick",
  "cedict",
  "compiler-messages",
  "built-in-chinese",
  "built-in-english",
]);
export type SourceName = z.infer<typeof SourceName>;

/** Every source by the name that recipes call it. */
export const SOURCES = {
  "tang-poems": TANG_POEMS,
  "song-poems": SONG_POEMS,
  "imperial-tang": IMPERIAL_TANG,
  "song-lyrics": SONG_LYRICS,
  "yuan-drama": YUAN_DRAMA,
  classics: CLASSICS,
  poets: POETS,
  "state-of-the-union": STATE_OF_THE_UNION,
  "moby-dick": MOBY_DICK,
  cedict: CEDICT,
  "compiler-messages": COMPILER_MESSAGES,
  "built-in-chinese": { name: "chinese", lang: "zh", builtIn: true },
  "built-in-english": { name: "english", lang: "en", builtIn: true },
} as const satisfies Record<SourceName, Source>;
