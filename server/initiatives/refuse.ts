import { AppError, type ErrorCode } from "../platform/errors.ts";

/** Every refusal, in words for programs; pages show `messages/LANGUAGE/initiatives.json` `initiatives.refusals.CODE`. */
const TEXTS = {
  "not-found": ["not_found", "There is no such initiative. Look in the list."],
  "wrong-state": ["conflict", "This initiative has moved on. Load the page again, then decide."],
  "not-yours": ["forbidden", "This move is for others: see who may make it on the help page."],
  "own-proposal": ["forbidden", "This is your own proposal: somebody else must decide on it."],
  "comment-running": ["conflict", "Final comment has not ended. Approve after its end."],
  "concerns-open": ["conflict", "A concern is open. Resolve every concern, then approve."],
  "over-budget": [
    "conflict",
    "This week's GPU hours are spent. Approve next week, or lower the cost by a new assessment.",
  ],
  "nobody-carries-it": [
    "conflict",
    "Nobody has accepted to carry it. Ask an engineer or a volunteer first.",
  ],
  "already-approved": ["conflict", "You have approved this version already. A second person must."],
  "voting-closed": ["conflict", "Voting on this initiative has closed."],
  "vote-elsewhere": ["conflict", "This is a duplicate. Vote for the initiative it was joined to."],
  "another-version": [
    "conflict",
    "Somebody has changed it meanwhile. Load the new version, then try again.",
  ],
  incomplete: ["bad_request", "The template is not complete. Fill in what is marked."],
  "needs-data-sheet": [
    "bad_request",
    "A proposal about data needs source, licence, size, language, personal data and contamination.",
  ],
  "not-assignable": [
    "bad_request",
    "Only an engineer or a volunteer can carry an initiative. Choose another member.",
  ],
  "own-resolution": [
    "forbidden",
    "The author of the proposal cannot resolve concerns about it. Ask who raised it, or an engineer.",
  ],
  "cannot-merge": [
    "conflict",
    "It cannot be joined to that one: the other must be another open initiative.",
  ],
  "run-not-live": [
    "conflict",
    "The run does not take commands now. Choose a run that is training.",
  ],
  "trial-running": ["conflict", "Another trial of this initiative is under way. Wait for its end."],
  "no-verdict": ["conflict", "There is no verdict yet: the window has not passed."],
  "overrule-reason": [
    "bad_request",
    "You decide against the computed verdict. Say why in fifty characters or more.",
  ],
} as const satisfies Record<string, readonly [ErrorCode, string]>;

type Refusal = keyof typeof TEXTS;

/** Every refusal there is: the pages have a text for each. */
export const REFUSALS = Object.keys(TEXTS);

/** The error that says why something is not done; `values` fill the page's text. */
export function refuse(code: Refusal, values: Record<string, string | number> = {}): AppError {
  const [status, text] = TEXTS[code];
  return new AppError(status, text, { details: { reason: code, ...values } });
}
