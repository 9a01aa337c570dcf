import { AppError, type ErrorCode } from "../platform/errors.ts";

/** Every refusal of the showcase, by the word that its translation has. */
const REFUSALS = {
  "no-showcase": ["not_found", "This application is not in the showcase. Look for it in the list."],
  "not-yours": ["forbidden", "Only its author can change an application. Write a comment instead."],
  "own-heart": ["forbidden", "A heart is for others' work. Yours is there already, in the work."],
  "no-such-model": [
    "bad_request",
    "That model is not public (any more). Choose one from the list.",
  ],
  "month-not-over": ["conflict", "The month is not over. Freeze its collection when it is."],
  frozen: ["conflict", "This collection is frozen and stays as it is."],
  "no-candidate": [
    "conflict",
    "It is not on this month's list, which the hearts of the month make.",
  ],
  "own-pick": ["forbidden", "Nobody picks their own work. Another curator may."],
  "nothing-picked": ["conflict", "No application was picked yet. Pick one, with a reason, first."],
} as const satisfies Record<string, readonly [ErrorCode, string]>;

export function refuse(reason: keyof typeof REFUSALS): AppError {
  const [code, message] = REFUSALS[reason];
  return new AppError(code, message, { details: { reason } });
}
