import type { TextDocument } from "../document.ts";
import { cleanTemplate } from "./clean-template.ts";
import { judgeRules } from "./judge-rules.ts";
import { markSensitive, type SensitiveKind } from "./mark-sensitive.ts";
import { type Profile, profileOf, thresholdsFor } from "./thresholds.ts";

export type FilterOutcome =
  | { keep: TextDocument; pii: Partial<Record<SensitiveKind, number>>; linesDropped: number }
  | { drop: string };

export type FilterOptions = {
  /** Judges every document by this profile, whatever its source. */
  profile?: Profile | undefined;
};

/** A page of several megabytes is a dump; the rules need memory in proportion to it. */
export const LONGEST_DOCUMENT = 16 * 1024 * 1024;

/** Template, rules and sensitive information, in this order; perplexity needs a trained model and follows apart. */
export function filterDocument(
  document: TextDocument,
  { profile }: FilterOptions = {},
): FilterOutcome {
  if (document.text.length > LONGEST_DOCUMENT) {
    return { drop: "oversized" };
  }
  const chosen = profile ?? profileOf(document.source);
  const limits = thresholdsFor(document.lang, chosen);
  const cleaned = cleanTemplate(document, limits.lines);
  const reason = judgeRules(cleaned.text, document.lang, limits);
  if (reason !== null) {
    return { drop: reason };
  }
  const { text, counts } = markSensitive(cleaned.text);
  return { keep: { ...document, text }, pii: counts, linesDropped: cleaned.linesDropped };
}
