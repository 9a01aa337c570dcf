import { expect, test } from "vitest";
import { emptyBatch } from "../model/batch.ts";
import { createVocabulary, FIXED_TOKENS } from "../tokenizer/vocabulary.ts";
import { countTextBytes } from "./count-text.ts";

test("text counts in bytes of UTF-8; marks, prompts and padding count nothing", () => {
  const vocabulary = createVocabulary([...FIXED_TOKENS, "the", "春"]);
  const [the, spring] = [10, 11];
  const batch = emptyBatch(2, 6);
  // Row 1: a prompt of the same id, <s>, the, space, 春; row 2: 春, then padding that is not valid.
  batch.input.set([the, 6, the, 5, spring, the, spring, spring]);
  batch.isPrompt[0] = 1;
  batch.lengths.set([5, 1]);
  expect(countTextBytes(batch, vocabulary)).toBe(3 + 1 + 3 + 3);
});
