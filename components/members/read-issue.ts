import { findIssue } from "./find-issue.ts";

/** The sentence of a refusal as the server wrote it; `useRefusal` says it in the reader's language. */
export function readIssue(error: { message: string } | null): string | undefined {
  return error === null ? undefined : findIssue(error).message;
}
