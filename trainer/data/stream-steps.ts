import { encode } from "../tokenizer/encode.ts";
import type { Vocabulary } from "../tokenizer/vocabulary.ts";
import { augmentDocument, CUE_TASKS } from "./augment/augment-document.ts";
import type { DedupStore } from "./dedup/dedup-store.ts";
import { createDocumentKeys } from "./dedup/document-keys.ts";
import { hashParagraphs } from "./dedup/hash-paragraphs.ts";
import type { TextDocument } from "./document.ts";
import { type FilterOptions, filterDocument } from "./filter/filter-document.ts";
import { judgePerplexity, type PerplexityFilter } from "./perplexity/perplexity-filter.ts";

/** What a step makes of one document. */
export type Outcome = { out: object; pii?: Record<string, number> } | { drop: string };

/** One document in, one outcome out, in the order of the input. */
export type StreamStep = (document: TextDocument) => Outcome;

/** Template, rules, sensitive information; then perplexity, where there is a model of the document's source. */
export function filterStep(
  options: FilterOptions,
  judges: ReadonlyMap<string, PerplexityFilter> = new Map(),
): StreamStep {
  return (document) => {
    const outcome = filterDocument(document, options);
    if ("drop" in outcome) {
      return outcome;
    }
    const judge = judges.get(document.source);
    const reason = judge && judgePerplexity(judge.model.perplexity(outcome.keep.text), judge.limit);
    return reason == null ? { out: outcome.keep, pii: outcome.pii } : { drop: reason };
  };
}

/** `input` names the file: the same file again gets the same answers and leaves the store as it is. */
export function dedupStep(store: DedupStore, input: string): StreamStep {
  const keyOf = createDocumentKeys(input);
  return (document) => {
    const hashes = hashParagraphs(document.text);
    const decision = store.decide(keyOf(document, hashes), hashes);
    return decision === "keep" ? { out: document } : { drop: decision };
  };
}

export function tokenizeStep(vocabulary: Vocabulary): StreamStep {
  return ({ id, text, source, lang }) => ({
    out: { id, source, lang, tokens: encode(vocabulary, text) },
  });
}

/** The document as it is, with the cues that were made of it. */
export function augmentStep(budget: number): StreamStep {
  return (document) => ({
    out: { ...document, cues: augmentDocument(document, CUE_TASKS, budget) },
  });
}
