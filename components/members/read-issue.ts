/** The sentence of a refusal: a form's first issue where the input did not fit, or the message itself. */
export function readIssue(error: { message: string } | null): string | undefined {
  if (error === null) {
    return undefined;
  }
  try {
    const [issue] = JSON.parse(error.message) as { message?: string }[];
    return issue?.message ?? error.message;
  } catch {
    return error.message;
  }
}
