import { createReadStream } from "node:fs";
import { readDocuments } from "../read-documents.ts";
import { createReference, type PerplexityFilter } from "./perplexity-filter.ts";

/**
 * A model and a limit for each source of a file of accepted documents (JSON lines): all parts of a job that read the
 * same file judge alike. A source with too few documents gets no limit, and nothing of it is dropped.
 */
export async function trainJudges(
  path: string,
  drop: number,
): Promise<Map<string, PerplexityFilter>> {
  const references = new Map<string, ReturnType<typeof createReference>>();
  for await (const { source, text } of readDocuments(createReadStream(path), () => undefined)) {
    const reference = references.get(source) ?? createReference(1);
    references.set(source, reference);
    reference.add(text);
  }
  return new Map([...references].map(([source, one]) => [source, one.finish(drop)]));
}
