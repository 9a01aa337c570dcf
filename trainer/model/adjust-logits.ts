export type LogitRules = {
  /** Tokens that must not come first, such as `</s>` and the line break. */
  forbidFirst?: number[];
  /** Divides positive and multiplies negative logits of tokens generated before (CTRL, arXiv 1909.05858); 1 is off. */
  repetitionPenalty?: number;
};

/** Changes the logits of the next token, in place, by what was generated before it. */
export function adjustLogits(
  logits: Float32Array,
  generated: readonly number[],
  { forbidFirst = [], repetitionPenalty = 1 }: LogitRules,
): void {
  for (const token of new Set(generated)) {
    const logit = logits[token] ?? 0;
    logits[token] = logit > 0 ? logit / repetitionPenalty : logit * repetitionPenalty;
  }
  if (generated.length === 0) {
    for (const token of forbidFirst) {
      logits[token] = Number.NEGATIVE_INFINITY;
    }
  }
}
