import type { RunConfig } from "../recipes/run-config.ts";
import { corpusDirectory } from "./build/build-corpus.ts";
import { type Corpus, prepareCorpus } from "./prepare-corpus.ts";
import type { Progress } from "./progress.ts";
import { readCorpus } from "./read-corpus.ts";
import { SOURCES } from "./sources.ts";

/** The corpus of a run: what `data build` built for it, or else its texts, quickly cleaned and encoded. */
export async function openCorpus(
  { data, model }: Pick<RunConfig, "data" | "model">,
  directory: string,
  progress: Progress,
): Promise<Corpus> {
  const built = readCorpus(corpusDirectory(directory, data), model);
  if (built !== null) {
    return built;
  }
  const sources = data.datasets.map(({ name, source, share }) => ({
    ...SOURCES[source],
    name,
    share,
  }));
  return await prepareCorpus({ sources, vocabulary: data.vocabulary }, directory, progress);
}
