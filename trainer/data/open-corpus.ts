import type { RunConfig } from "../recipes/run-config.ts";
import { type Corpus, prepareCorpus } from "./prepare-corpus.ts";
import type { Progress } from "./progress.ts";
import { SOURCES } from "./sources.ts";

/** The corpus of a run; what is missing of it is built first. */
export function openCorpus(
  { data }: Pick<RunConfig, "data" | "model">,
  directory: string,
  progress: Progress,
): Promise<Corpus> {
  const sources = data.datasets.map(({ name, source, share }) => ({
    ...SOURCES[source],
    name,
    share,
  }));
  return prepareCorpus({ sources, vocabulary: data.vocabulary }, directory, progress);
}
