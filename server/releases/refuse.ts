import { AppError, type ErrorCode } from "../platform/errors.ts";

/** Every way in which a move of a release is refused, with the sentence that programs get. */
const REFUSALS = {
  "no-model": ["not_found", "There is no model of that name. GET /models lists them."],
  "no-release": ["not_found", "There is no such release. See the model's page."],
  "no-checkpoint": [
    "not_found",
    "This portal has no public checkpoint with these weights. Let the training upload it first.",
  ],
  "model-taken": ["conflict", "A model of that name exists. Choose another name."],
  "version-taken": ["conflict", "That version exists already. Choose the next number."],
  "no-weights": [
    "conflict",
    "This checkpoint lacks model.safetensors, config.json or vocab.txt. Choose one that has them.",
  ],
  "not-built": ["conflict", "Not every format is built yet. Wait, or take the failed ones out."],
  "own-release": [
    "forbidden",
    "Whoever drafted a release cannot approve it. Ask another engineer.",
  ],
  "wrong-state": ["conflict", "The release has moved on meanwhile. Load the page again."],
  "last-format": ["conflict", "A release needs one format at least. Reject it instead."],
} as const satisfies Record<string, readonly [ErrorCode, string]>;

export function refuse(reason: keyof typeof REFUSALS): AppError {
  const [code, message] = REFUSALS[reason];
  return new AppError(code, message, { details: { reason } });
}
